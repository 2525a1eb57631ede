package filon.agent.enrolment;

import filon.agent.enrolment.EnrolmentAnswer.Accepted;
import filon.agent.enrolment.EnrolmentAnswer.Refused;
import filon.agent.enrolment.EnrolmentAnswer.Unavailable;
import filon.agent.identity.CertificateLife;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Gets this host's next certificate when two thirds of the present one's life are over, and goes on trying after its end, since
 * provisioning renews ended ones, too. Belongs to one thread.
 */
public final class Renewal {
    private static final Logger LOG = Logger.getLogger(Renewal.class);
    private static final Duration UNAVAILABLE_PAUSE = Duration.ofMinutes(1);
    /** A person may have to act, or the host's clock may have to be set. */
    private static final Duration REFUSED_PAUSE = Duration.ofHours(1);

    private final IdentityStore store;
    private final RenewalDesk desk;
    private final Clock clock;
    private final Supplier<UUID> nonces;
    private Instant nextTry = Instant.MIN;

    public Renewal(IdentityStore store, RenewalDesk desk, Clock clock, Supplier<UUID> nonces) {
        this.store = store;
        this.desk = desk;
        this.clock = clock;
        this.nonces = nonces;
    }

    /**
     * Renews where it is time to; what it brings is stored before it is returned.
     *
     * @return the identity from now on; empty if nothing has changed
     * @throws IOException if the key cannot be read or the new identity not be stored
     */
    public Optional<Identity> renewed(Identity current) throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(nextTry) || !isDue(current, now)) {
            return Optional.empty();
        }
        nextTry = now.plus(UNAVAILABLE_PAUSE); // after a failure of ours, too
        RenewalRequest request = RenewalRequest.of(current, store.key(), now, nonces.get());
        return switch (desk.renew(request)) {
            case Accepted(Identity next) -> {
                store.save(next);
                LOG.infof("The certificate of host %s is renewed", next.hostId());
                yield Optional.of(next);
            }
            case Refused(String why) -> waitAfter(now, REFUSED_PAUSE, why);
            case Unavailable(String why) -> waitAfter(now, UNAVAILABLE_PAUSE, why);
        };
    }

    private Optional<Identity> waitAfter(Instant now, Duration pause, String why) {
        LOG.errorf("The certificate is not renewed, next try in %d minutes: %s", pause.toMinutes(), why);
        nextTry = now.plus(pause);
        return Optional.empty();
    }

    private boolean isDue(Identity identity, Instant now) {
        try {
            return !now.isBefore(CertificateLife.of(identity.certificate()).renewAt());
        } catch (CertificateException e) {
            waitAfter(now, REFUSED_PAUSE, "the present one cannot be read: " + e.getMessage());
            return false;
        }
    }
}
