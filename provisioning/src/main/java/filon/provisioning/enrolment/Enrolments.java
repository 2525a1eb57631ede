package filon.provisioning.enrolment;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.provisioning.authority.AgentCertificates.Issued;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.Hosts;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.identity.Serials;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The use cases of tokens.
 *
 * <p>A redemption commits the spent token, the host and its identity together. Topics are made afterwards, again and again until they
 * are there: a crash in between only delays them.
 */
@ApplicationScoped
@Transactional
public class Enrolments {
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
    private final EnrolmentStore store;
    private final Hosts hosts;
    private final Identities identities;
    private final Confirmations confirmations;
    private final Incidents incidents;
    private final Papers papers;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Enrolments(
            EnrolmentStore store,
            Hosts hosts,
            Identities identities,
            Confirmations confirmations,
            Incidents incidents,
            Papers papers,
            Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.identities = identities;
        this.confirmations = confirmations;
        this.incidents = incidents;
        this.papers = papers;
        this.clock = clock;
    }

    /**
     * Invites a host; the token in the answer is never shown again.
     *
     * @param serial of the machine that is expected; empty lets a person confirm the host
     */
    public Invitation invite(String name, String site, String serial, String operator) {
        return invite(new Invited(HostId.of(UUID.randomUUID()), name, site, serial.strip(), 1), operator);
    }

    /**
     * Invites a host that is known, to come with another key; what it has stays in force until it does.
     *
     * @throws ProblemException if there is no such host, or it is neither in quarantine nor in maintenance
     */
    public Invitation inviteAgain(HostId id, String serial, String operator) {
        Host host = hosts.find(id)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no host " + id)));
        if (HostMoves.on(host.state(), new HostEvent.Reenrolled("")) instanceof HostMoves.Refused) {
            throw new ProblemException(Problem.of(
                    ProblemCode.CONFLICT,
                    "host " + id + " is " + host.state().label() + ": it enrols again only from Quarantined or"
                            + " Maintenance"));
        }
        int next = identities.find(id).orElseThrow().enrolment() + 1;
        return invite(new Invited(id, host.name(), host.site(), serial.strip(), next), operator);
    }

    private Invitation invite(Invited invited, String operator) {
        Instant now = clock.instant();
        Invitation invitation = new Invitation(invited.hostId(), EnrolmentToken.fresh(random), now.plus(TOKEN_LIFE));
        store.add(invitation.token(), invited, invitation.expiresAt(), operator, now);
        audit(invited, "invited", invited.name() + " at " + invited.site() + " by " + operator);
        return invitation;
    }

    /**
     * Lets a host in. The same key that a token brought in gets the same answer again while the token lasts, since an answer may be
     * lost; another key has a copy of the token.
     *
     * @return empty if the token was spent, has expired or never existed, which is noted for people
     * @throws ProblemException if the host is not one any more that may enrol again; that spends no token
     */
    public Optional<Enrolled> redeem(Application application) {
        Optional<Invited> invited = store.redeem(application.token(), application.key(), clock.instant());
        if (invited.isPresent()) {
            return Optional.of(enrol(invited.get(), application));
        }
        Optional<RedeemedToken> known = store.find(application.token());
        if (known.isEmpty()) {
            store.audit(clock.instant(), Optional.empty(), "refused", "the token never existed");
        }
        return known.flatMap(token -> again(token, application));
    }

    private Enrolled enrol(Invited invited, Application application) {
        Host host = invited.enrolment() == 1 ? letIn(invited) : letInAgain(invited);
        Issued certificate = identities.enrol(
                host.id(),
                invited.enrolment(),
                application.request(),
                new Serials(invited.serial(), application.serial()));
        String told = "enrolment " + invited.enrolment() + " with agent " + application.agentVersion()
                + ", certificate " + certificate.serial() + " until " + certificate.notAfter();
        hosts.note(host.id(), "Certificate", told);
        audit(invited, "enrolled", invited.name() + ", " + told);
        confirmations.bySerial(host.id());
        return papers.of(host, invited.enrolment(), certificate.pem());
    }

    private Host letIn(Invited invited) {
        hosts.enrol(invited.hostId(), invited.name(), invited.site());
        return hosts.find(invited.hostId()).orElseThrow();
    }

    private Host letInAgain(Invited invited) {
        HostEvent again = new HostEvent.Reenrolled("enrolled again; waiting for its identity to be confirmed");
        HostMoves.Answer answer = hosts.apply(invited.hostId(), again);
        HostIdentity identity = identities.lock(invited.hostId()).orElseThrow();
        if (answer instanceof HostMoves.Refused || identity.enrolment() != invited.enrolment() - 1) {
            throw new ProblemException(Problem.of(
                    ProblemCode.CONFLICT, "host " + invited.hostId() + " is not waiting for this enrolment any more"));
        }
        return hosts.find(invited.hostId()).orElseThrow();
    }

    private Optional<Enrolled> again(RedeemedToken token, Application application) {
        Invited invited = token.invited();
        boolean hasExpired = !token.expiresAt().isAfter(clock.instant());
        if (!token.isRedeemed() || token.isRedeemedBy(application.key()) && hasExpired) {
            audit(invited, "refused", "the token for " + invited.name() + " has expired");
            return Optional.empty();
        }
        if (token.isRedeemedBy(application.key())) {
            return sameAnswer(invited, application);
        }
        cloned(invited, application);
        return Optional.empty();
    }

    private Optional<Enrolled> sameAnswer(Invited invited, Application application) {
        audit(invited, "asked again", invited.name() + " with the same key");
        return identities
                .certificate(invited.hostId(), invited.enrolment(), application.key())
                .map(certificate ->
                        papers.of(hosts.find(invited.hostId()).orElseThrow(), invited.enrolment(), certificate.pem()));
    }

    /** Nobody can tell which of the two keys is that of the machine that was meant. */
    private void cloned(Invited invited, Application application) {
        HostId host = invited.hostId();
        String why = "its enrolment token was redeemed with a second key, " + application.key();
        audit(invited, "refused", why + ": it was copied");
        boolean isInForce = identities
                .find(host)
                .filter(identity -> identity.enrolment() == invited.enrolment())
                .isPresent();
        if (isInForce) {
            hosts.apply(
                    host,
                    new HostEvent.Failed(
                            HostReason.TOKEN_COPIED, why + ": it was copied; let the host enrol again with a new one"));
            identities.doubt(host);
        }
        incidents.raise(IncidentKind.TOKEN_CLONED, host, why);
    }

    private void audit(Invited invited, String what, String detail) {
        store.audit(clock.instant(), Optional.of(invited.hostId()), what, detail);
    }
}
