package filon.provisioning.host;

import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What trying a host's devices has proved. */
public interface DeviceProofs {
    /** The newest rates of each GPU that passed its burn-in; GPUs that were never measured are absent. */
    Map<GpuId, List<MeasuredRate>> rates(HostId host);

    /** When the newest burn-in that the host passed began, by the host's own clock. */
    Optional<Instant> newestPassedBegan(HostId host);
}
