package filon.provisioning.enrolment;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.authority.Authority;
import filon.provisioning.host.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The use cases of enrolment.
 *
 * <p>A redemption commits the spent token and the host together. Topics are made afterwards, again and again until they are
 * there: a crash in between only delays them.
 */
@ApplicationScoped
@Transactional
public class Enrolments {
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
    private final EnrolmentStore store;
    private final Hosts hosts;
    private final Authority authority;
    private final Clock clock;
    private final List<String> brokers;
    private final SecureRandom random = new SecureRandom();

    Enrolments(
            EnrolmentStore store,
            Hosts hosts,
            Authority authority,
            Clock clock,
            @ConfigProperty(name = "filon.enrolment.brokers") List<String> brokers) {
        this.store = store;
        this.hosts = hosts;
        this.authority = authority;
        this.clock = clock;
        this.brokers = brokers;
    }

    /** Invites a host; the token in the answer is never shown again. */
    public Invitation invite(String name, String site, String operator) {
        Instant now = clock.instant();
        Invitation invitation =
                new Invitation(HostId.of(UUID.randomUUID()), EnrolmentToken.fresh(random), now.plus(TOKEN_LIFE));
        store.add(invitation, name, site, operator, now);
        store.audit(now, Optional.of(invitation.hostId()), "invited", name + " at " + site + " by " + operator);
        return invitation;
    }

    /**
     * Lets a host in.
     *
     * @param request proven before, so that a broken request does not spend the token
     * @return empty if the token was spent, has expired or never existed, which is noted for people
     */
    public Optional<Enrolled> redeem(EnrolmentToken token, AgentCertificates.Proven request, String agentVersion) {
        Instant now = clock.instant();
        Optional<Invited> invited = store.redeem(token, now);
        if (invited.isEmpty()) {
            EnrolmentStore.Refusal refusal = store.refusal(token, now);
            store.audit(now, refusal.host(), "refused", refusal.why());
            return Optional.empty();
        }
        return Optional.of(enrol(invited.get(), request, agentVersion, now));
    }

    private Enrolled enrol(Invited invited, AgentCertificates.Proven request, String agentVersion, Instant now) {
        HostId host = invited.hostId();
        AgentCertificates.Issued certificate = authority.certificates().issue(host, request);
        hosts.enrol(host, invited.name(), invited.site(), certificate.serial(), certificate.notAfter());
        store.audit(
                now,
                Optional.of(host),
                "enrolled",
                invited.name() + " with agent " + agentVersion + ", certificate " + certificate.serial());
        return new Enrolled(
                host,
                invited.name(),
                invited.site(),
                certificate.pem(),
                authority.certificates().authorityPem(),
                brokers,
                List.of(authority.controlPlaneKey().publicKeyPem()),
                HexFormat.of().formatHex(authority.uplinkKeys().keyOf(host)),
                List.of(Topics.desired(host), Topics.actions(host)));
    }
}
