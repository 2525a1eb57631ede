package filon.provisioning.host;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps hosts, their liveness and their events. */
public interface HostStore {
    Optional<Host> find(HostId id);

    /** The host, with everybody else who decides on it shut out until the transaction ends. */
    Optional<Host> lock(HostId id);

    List<Host> all();

    void add(Host host);

    void save(Host host);

    List<HostId> pastDeadline(Instant now);

    Optional<Liveness> liveness(HostId id);

    Map<HostId, Liveness> livenessOfAll();

    /** Keeps the report unless a newer one is known; an incarnation keeps its beginning and instance. @return false if it was not kept */
    boolean put(HostId id, Liveness liveness);

    /** Hosts whose silence has grown into another {@link Connectivity} than was published. */
    List<HostId> withAgedConnectivity(Instant staleBefore, Instant offlineBefore);

    void append(HostId id, HostEventLine line);

    List<HostEventLine> newestEvents(HostId id, int limit);
}
