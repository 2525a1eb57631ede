package filon.provisioning.enrolment;

import filon.contracts.value.HostId;
import filon.contracts.value.RenewalClaim;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.authority.AgentCertificates.Issued;
import filon.provisioning.authority.AgentCertificates.Shown;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostState;
import filon.provisioning.host.Hosts;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.identity.KnownCertificate;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Renews certificates for whoever proves to hold the key of one that is in force; a machine that was switched off for long may come
 * late.
 *
 * <p>Who has proved nothing is told nothing; each refusal is an incident of the host that was named.
 */
@ApplicationScoped
@Transactional
public class Renewals {
    /** How long after its end a certificate still speaks for its host. */
    public static final Duration LATE_MAX = Duration.ofDays(90);
    /** How far the host's clock may be from ours. */
    static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(10);

    private static final Duration NONCES_KEPT = CLOCK_DIFFERENCE_MAX.multipliedBy(3);
    private final EnrolmentStore store;
    private final Hosts hosts;
    private final Identities identities;
    private final AgentCertificates certificates;
    private final Incidents incidents;
    private final Papers papers;
    private final Clock clock;

    Renewals(
            EnrolmentStore store,
            Hosts hosts,
            Identities identities,
            AgentCertificates certificates,
            Incidents incidents,
            Papers papers,
            Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.identities = identities;
        this.certificates = certificates;
        this.incidents = incidents;
        this.papers = papers;
        this.clock = clock;
    }

    public RenewalAnswer renew(RenewalRequest asked) {
        HostId id = asked.claim().hostId();
        Optional<Host> host = hosts.find(id);
        Optional<HostIdentity> identity = identities.lock(id);
        if (host.isEmpty() || identity.isEmpty()) {
            return new RenewalAnswer.Refused("there is no such host");
        }
        Optional<String> objection = objection(asked, host.get(), identity.get());
        if (objection.isPresent()) {
            incidents.raise(IncidentKind.RENEWAL_REFUSED, id, objection.get());
            return new RenewalAnswer.Refused(objection.get());
        }
        Issued issued = identities.renew(identity.get(), asked.request());
        String told = "renewed: " + issued.serial() + " until " + issued.notAfter();
        hosts.note(id, "Certificate", told);
        store.audit(clock.instant(), Optional.of(id), "renewed", told);
        return new RenewalAnswer.Renewed(papers.of(host.get(), identity.get().enrolment(), issued.pem()));
    }

    private Optional<String> objection(RenewalRequest asked, Host host, HostIdentity identity) {
        Optional<KnownCertificate> proven = proven(asked);
        if (proven.isEmpty()) {
            return Optional.of("it is not signed with the key of a certificate of this host");
        }
        return untimely(asked.claim())
                .or(() -> notInForce(proven.get(), host, identity))
                // last, so that what is refused for another reason can be sent again
                .or(() -> usedBefore(asked.claim()));
    }

    /** The certificate that was shown, if it is this host's and its key signed the claim. */
    private Optional<KnownCertificate> proven(RenewalRequest asked) {
        RenewalClaim claim = asked.claim();
        Optional<Shown> shown = certificates
                .shown(asked.certificate())
                .filter(certificate -> certificate.hasSigned(claim.signedBytes(), asked.signature()));
        return shown.flatMap(certificate -> identities.certificate(certificate.serial()))
                .filter(certificate -> certificate.host().equals(claim.hostId()));
    }

    private Optional<String> untimely(RenewalClaim claim) {
        Duration difference = Duration.between(claim.at(), clock.instant()).abs();
        return difference.compareTo(CLOCK_DIFFERENCE_MAX) > 0
                ? Optional.of("it was signed at " + claim.at() + ", more than " + CLOCK_DIFFERENCE_MAX.toMinutes()
                        + " minutes from now")
                : Optional.empty();
    }

    private Optional<String> notInForce(KnownCertificate certificate, Host host, HostIdentity identity) {
        Instant latest = certificate.endsAt().plus(LATE_MAX);
        if (certificate.isRevoked()) {
            return Optional.of("certificate " + certificate.serial() + " is revoked");
        }
        if (host.state() instanceof HostState.Retired) {
            return Optional.of("the host is retired");
        }
        if (latest.isBefore(clock.instant())) {
            return Optional.of("certificate " + certificate.serial() + " ended at " + certificate.endsAt()
                    + ", more than " + LATE_MAX.toDays() + " days ago");
        }
        return identity.objectionTo(certificate.enrolment());
    }

    private Optional<String> usedBefore(RenewalClaim claim) {
        Instant now = clock.instant();
        return store.use(claim.hostId(), claim.nonce(), now, now.minus(NONCES_KEPT))
                ? Optional.empty()
                : Optional.of("nonce " + claim.nonce() + " was used before");
    }
}
