package filon.provisioning.rate;

import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import java.time.Instant;

/**
 * What a host says that one of its GPUs hashes.
 *
 * @param rate over about the last ten seconds; zero where nothing was measured
 * @param runningSince when the work began to hash, by the host's clock, as {@code at}
 */
public record RateSample(
        HostId host, GpuId gpu, Algorithm algorithm, HashRate rate, Instant runningSince, Instant at) {}
