package filon.mining.rig;

import filon.mining.device.Readings;
import filon.mining.engine.MiningState;
import filon.mining.rig.RigFigures.DeviceFigures;
import filon.mining.rig.RigFigures.MinerFigures;
import filon.mining.rig.RigFigures.ShareFigures;
import filon.mining.rig.RigFigures.WorkFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A rig of two devices with one miner each, of which one stands still. */
final class SomeFigures {
    private SomeFigures() {}

    static RigFigures rig() {
        WorkFigures work = new WorkFigures(1_000_000, 64, 40, 1_100_000, 3, 1, 2, 5, 9.5, 0.25, 7.5, 19);
        DeviceFigures first = new DeviceFigures(
                0,
                "Card \"A\"",
                MiningState.RUNNING,
                "hashing a job of the pool",
                125_000_000,
                100_000_000,
                work,
                Map.of(MiningState.RUNNING, 9.75, MiningState.PREPARING, 0.25),
                new Readings(OptionalInt.of(61), OptionalLong.of(250_500), Optional.empty()));
        DeviceFigures second = new DeviceFigures(
                1,
                "a card with a name that is far too long for a table",
                MiningState.NO_POOL,
                "closed",
                0,
                0,
                new WorkFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                Map.of(MiningState.NO_POOL, 10.0),
                Readings.NONE);
        ShareFigures shares =
                new ShareFigures(17, Map.of("23", 2L), Map.of("the pool withdrew the job", 1L), 4, 31, 80);
        ShareFigures none = new ShareFigures(0, Map.of(), Map.of(), 0, 0, 0);
        return new RigFigures(
                10,
                List.of(
                        new MinerFigures(
                                "sha256d", "stratum+tcp://a.example.com:3333", shares, List.of(), List.of(first)),
                        new MinerFigures("scrypt", "", none, List.of(), List.of(second))));
    }
}
