package filon.agent.enrolment;

import filon.agent.enrolment.EnrolmentAnswer.Accepted;
import filon.agent.enrolment.EnrolmentAnswer.Refused;
import filon.agent.enrolment.EnrolmentAnswer.Unavailable;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import filon.contracts.message.FleetReport.Gpu;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes sure that this host has an identity: the stored one, else a new one for the token.
 *
 * <p>The token is looked at only while there is no identity. An unreachable provisioning is asked again with growing pauses.
 */
public final class Enrolment {
    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
    private final IdentityStore store;
    private final EnrolmentDesk desk;
    private final Consumer<Duration> pause;

    /** @param pause waits that long, on the calling thread */
    public Enrolment(IdentityStore store, EnrolmentDesk desk, Consumer<Duration> pause) {
        this.store = store;
        this.desk = desk;
        this.pause = pause;
    }

    /** What the host says of itself when it asks. */
    public record Introduction(String agentVersion, String name, String serial, List<Gpu> gpus) {}

    /** @throws TokenRefusedException if provisioning will not have this token */
    public Identity identity(Optional<String> token, Introduction host) throws IOException, TokenRefusedException {
        Optional<Identity> stored = store.identity();
        if (stored.isPresent()) {
            return stored.get();
        }
        String presented = token.orElseThrow(() -> new TokenRefusedException("there is no enrolment token: set "
                + "filon.agent.enrolment-token or filon.agent.enrolment-token-file for the first start"));
        CertificateRequest csr = CertificateRequest.of(store.key(), host.name());
        return ask(new EnrolmentRequest(
                presented, csr.pem(), host.agentVersion(), host.name(), host.serial(), host.gpus()));
    }

    private Identity ask(EnrolmentRequest request) throws IOException, TokenRefusedException {
        Duration wait = PAUSE_MIN;
        while (true) {
            switch (desk.enrol(request)) {
                case Accepted(Identity identity) -> {
                    store.save(identity);
                    return identity;
                }
                case Refused(String reason) -> throw new TokenRefusedException(reason);
                case Unavailable unavailable -> pause.accept(wait);
            }
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : doubled;
        }
    }
}
