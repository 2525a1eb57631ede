package filon.mining.workload;

import filon.contracts.value.HashRate;
import filon.mining.engine.MiningState;
import java.time.Instant;

/**
 * What a workload is doing, for people; rewritten each second. Counters are of the directory, over all its processes.
 *
 * @param since when the state was entered
 * @param pool address of the session's pool, or empty before the first
 */
public record WorkloadStatus(
        MiningState state,
        String reason,
        Instant since,
        HashRate hashRate,
        Counters counters,
        String deviceName,
        String pool) {}
