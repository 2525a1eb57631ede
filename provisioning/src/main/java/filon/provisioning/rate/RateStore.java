package filon.provisioning.rate;

import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import java.util.Optional;

/** Keeps which GPUs are slow. */
public interface RateStore {
    /** What a healthy GPU was measured to hash, and since when it is slow. */
    record Known(HashRate median, Optional<Slowness> slowness) {}

    /** Empty for a GPU that is not healthy, or was never measured with the algorithm. */
    Optional<Known> known(GpuId gpu, Algorithm algorithm);

    void put(GpuId gpu, Slowness slowness);

    void forget(GpuId gpu);
}
