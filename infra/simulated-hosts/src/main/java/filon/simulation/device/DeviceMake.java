package filon.simulation.device;

import filon.contracts.value.Algorithm;
import filon.contracts.value.HashRate;
import java.util.List;
import java.util.Map;

/**
 * A kind of simulated GPU.
 *
 * @param powerWattMax what it takes under full load
 * @param nominal its rate per algorithm, cool and whole
 */
public record DeviceMake(
        String name, long memoryBytes, int computeUnits, int powerWattMax, Map<Algorithm, HashRate> nominal) {
    private static final long GIB = 1L << 30;
    private static final List<DeviceMake> ALL = List.of(
            make("Simulated GPU S8", 8 * GIB, 36, 130, 1_150_000_000L),
            make("Simulated GPU M12", 12 * GIB, 60, 200, 2_300_000_000L),
            make("Simulated GPU L24", 24 * GIB, 128, 420, 5_900_000_000L));

    public DeviceMake {
        nominal = Map.copyOf(nominal);
    }

    /** The make of all GPUs of a host: hosts of a fleet differ, GPUs of a host do not. */
    public static DeviceMake ofHost(int host) {
        return ALL.get(Math.floorMod(host, ALL.size()));
    }

    private static DeviceMake make(String name, long memoryBytes, int computeUnits, int watt, long sha256d) {
        return new DeviceMake(name, memoryBytes, computeUnits, watt, Map.of(Algorithm.SHA256D, HashRate.of(sha256d)));
    }
}
