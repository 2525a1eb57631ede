package filon.provisioning.location;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keeps what staff said of where hosts stand. */
public interface LocationStore {
    /** Empty for a host that is not enrolled. */
    Optional<Location> find(HostId host);

    /** Every enrolled host's. */
    Map<HostId, Location> all();

    void put(HostId host, Location location, String by, Instant now);
}
