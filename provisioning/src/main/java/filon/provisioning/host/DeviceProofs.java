package filon.provisioning.host;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.Optional;

/** What trying a host's devices has proved. */
public interface DeviceProofs {
    /** When the newest burn-in that the host passed began, by the host's own clock. */
    Optional<Instant> newestPassedBegan(HostId host);
}
