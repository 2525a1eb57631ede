package filon.provisioning.burnin;

import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.value.BurnInId;
import filon.contracts.value.HostId;
import filon.provisioning.host.DeviceProofs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps burn-ins with all that was found. */
public interface BurnInStore extends DeviceProofs {
    /** Hosts whose stay in {@code BurningIn} has no burn-in. */
    List<HostId> hostsWithout();

    /** Whether the stay that began then has one. */
    boolean isOrdered(HostId host, Instant stay);

    void add(BurnIn burnIn);

    Optional<BurnIn> find(BurnInId id);

    List<BurnIn> newest(HostId host, int limit);

    /** The newest of every host, without what was found of its devices. */
    Map<HostId, BurnIn> newestOfAll();

    /** @return false if a newer report of it is known */
    boolean put(BurnInReported report, BurnIn.State state);

    /** Keeps what was found of each device; measured at that instant. */
    void putDevices(BurnInReported report, Instant measuredAt);

    /** Ends those without a result whose stay is over. @return how many */
    int abandon(Instant now);
}
