package filon.provisioning.uplink;

import filon.contracts.value.HostId;
import filon.plumbing.uplink.UplinkLink;
import java.time.Instant;

/** Keeps the links of the hosts' chains for as long as their records lie on the topic. */
public interface LinkStore {
    ChainRules.Known around(UplinkLink link);

    /** Whether this enrolment of the host has ever chained what it says. */
    boolean hasChained(HostId host, int enrolment);

    void add(UplinkLink link, String sha256, Instant now);

    /** Forgets the host's links from before. */
    void forget(HostId host, Instant before);
}
