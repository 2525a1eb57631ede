package filon.provisioning.enrolment;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.Hosts;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.standing.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes a host's identity away. The brokers are told afterwards, at once and then every few seconds until they know; a host that
 * shall come back enrols again.
 */
@ApplicationScoped
@Transactional
public class Revocations {
    private final EnrolmentStore store;
    private final Hosts hosts;
    private final Identities identities;
    private final Clock clock;

    Revocations(EnrolmentStore store, Hosts hosts, Identities identities, Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * @param why with the name of the person
     * @throws ProblemException if there is no such host
     */
    public void revoke(HostId host, String why, Actor person) {
        hosts.apply(
                host, new HostEvent.Failed(HostReason.IDENTITY_REVOKED, "its identity was revoked: " + why), person);
        HostIdentity identity = identities
                .lock(host)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no host " + host)));
        identities.revoke(identity, why);
        hosts.note(host, "Revoked", "enrolment " + identity.enrolment() + ": " + why);
        store.audit(clock.instant(), Optional.of(host), "revoked", "enrolment " + identity.enrolment() + ": " + why);
    }
}
