package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.agent.enrolment.EnrolmentAnswer;
import filon.agent.enrolment.EnrolmentAnswer.Accepted;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.enrolment.RenewalRequest;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import filon.local.LocalPlatform;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The agent's side of identity against the real provisioning, over HTTPS with the authority it remembers. */
@ExtendWith(OnRealPlatform.class)
class RenewalJourneyTest {
    @Test
    void anAgentGetsItsNextCertificateAndTheBrokerTakesIt(LocalPlatform platform) throws Exception {
        // Given
        IdentityStore store = new IdentityStore(platform.agentHome());
        Identity present = HostKafka.identity(platform);
        RenewalDesk desk = RenewalDesk.at(store.provisioning().orElseThrow());

        // When
        EnrolmentAnswer answer = desk.renew(
                RenewalRequest.of(present, store.key(), Clock.systemUTC().instant(), UUID.randomUUID()));

        // Then
        assertThat(answer).isInstanceOf(Accepted.class);
        Identity next = ((Accepted) answer).identity();
        assertThat(next.hostId()).isEqualTo(present.hostId());
        assertThat(next.uplinkKey()).isEqualTo(present.uplinkKey());
        assertThat(next.certificate()).isNotEqualTo(present.certificate());
        assertThat(HostKafka.asTheAgent(platform, next).readAll(HostKafka.desiredTopic(platform)))
                .isNotNull();
    }

    @Test
    void theLocalHostIsConfirmedWithoutAPersonAndStaffSeeItsFingerprint(LocalPlatform platform) throws Exception {
        // When
        JsonNode identity = Staff.of(platform).theHost().path("identity");

        // Then
        assertThat(identity.path("fingerprint").asText())
                .isEqualTo(new IdentityStore(platform.agentHome())
                        .key()
                        .fingerprint()
                        .text());
        assertThat(identity.path("confirmedAt").asText()).isNotEmpty();
        assertThat(identity.path("foundSerial").asText())
                .isEqualTo(identity.path("expectedSerial").asText());
    }
}
