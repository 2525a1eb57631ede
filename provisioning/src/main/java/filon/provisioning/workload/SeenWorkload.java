package filon.provisioning.workload;

import java.util.Optional;

/**
 * What a host last said of one GPU of a lease, and what the work is taken to do until now.
 *
 * @param shown empty until it is taken to do anything
 */
public record SeenWorkload(Workload said, Optional<ShownWorkload> shown) {}
