package filon.mining.rig;

import filon.mining.device.Readings;
import filon.mining.engine.MiningState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rig does and did, at one moment.
 *
 * @param uptimeSeconds since the rig was begun
 */
public record RigFigures(double uptimeSeconds, List<MinerFigures> miners) {
    public RigFigures {
        miners = List.copyOf(miners);
    }

    /**
     * One miner: an algorithm, its pools, its devices.
     *
     * @param pool whose session is open, or the last one's; empty before the first
     */
    public record MinerFigures(
            String algorithm,
            String pool,
            ShareFigures shares,
            List<PortionFigures> portions,
            List<DeviceFigures> devices) {
        public MinerFigures {
            portions = List.copyOf(portions);
            devices = List.copyOf(devices);
        }
    }

    /**
     * What became of shares.
     *
     * @param rejected by the pool's code
     * @param stale by cause
     * @param unanswered whose fate is not known
     * @param answerMillisMedian from sending to the pool's answer
     * @param answerMillisMost what 99 of 100 do not exceed
     */
    public record ShareFigures(
            long accepted,
            Map<String, Long> rejected,
            Map<String, Long> stale,
            long unanswered,
            double answerMillisMedian,
            double answerMillisMost) {
        public ShareFigures {
            rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
            stale = Collections.unmodifiableMap(new TreeMap<>(stale));
        }

        long rejectedInAll() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        long staleInAll() {
            return stale.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** A portion of a miner's work, by its weight among those that take part at the same time. */
    public record PortionFigures(String name, int weight, ShareFigures shares) {}

    /**
     * One device.
     *
     * @param hashesPerSecond of the last ten seconds
     * @param hashesPerSecondMean since the rig was begun, all pauses in it
     * @param secondsOf how long each state took, in seconds; together the device's whole time
     */
    public record DeviceFigures(
            int index,
            String name,
            MiningState state,
            String reason,
            double hashesPerSecond,
            double hashesPerSecondMean,
            WorkFigures work,
            Map<MiningState, Double> secondsOf,
            Readings sensors) {
        public DeviceFigures {
            secondsOf = Collections.unmodifiableMap(new TreeMap<>(secondsOf));
        }
    }

    /**
     * A device's counts.
     *
     * @param hashes nonces tried
     * @param leftOut nonces queued and not tried, as another job came
     * @param proofs hits that the CPU found right
     * @param provenHashes how many hashes so many proofs take on average
     * @param sharesFound proofs that met the pool's target
     * @param hardwareErrors hits that the CPU found wrong
     * @param surplusHits hits not looked at, as the pool's target is far too easy
     * @param restarts after the device hung or was lost
     * @param busySeconds how long kernels ran, by the device's clock
     * @param idleBetweenBatchesSeconds of the time in the state RUNNING, what no kernel ran
     * @param jobSwitchMillisMedian from a job's line to the start of its first batch
     * @param jobSwitchMillisMost what 99 of 100 do not exceed
     */
    public record WorkFigures(
            long hashes,
            long leftOut,
            long proofs,
            double provenHashes,
            long sharesFound,
            long hardwareErrors,
            long surplusHits,
            long restarts,
            double busySeconds,
            double idleBetweenBatchesSeconds,
            double jobSwitchMillisMedian,
            double jobSwitchMillisMost) {
        /** Proven hashes as a share of those claimed; 1 but for chance. */
        double provenShare() {
            return hashes == 0 ? 1 : provenHashes / hashes;
        }
    }
}
