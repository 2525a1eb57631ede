package filon.mining.engine;

import filon.mining.algorithm.SearchTuning;

/** What a tuner asks of a device. */
@FunctionalInterface
public interface Trials {
    /**
     * Builds a tuning and proves it; the caller closes it.
     *
     * @throws filon.mining.algorithm.DeviceWrongException if it computes something else than the CPU
     * @throws filon.mining.opencl.OpenClException if it does not build, or the device has no room for it
     */
    Trial of(SearchTuning tuning);
}
