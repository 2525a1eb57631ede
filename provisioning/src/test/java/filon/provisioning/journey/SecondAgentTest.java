package filon.provisioning.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.Topics;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.database.Database;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two agents under one identity, seen in nothing but their reports. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class SecondAgentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    Hosts hosts;

    @Inject
    Database database;

    @Inject
    MovableClock clock;

    private Instant start;

    @BeforeEach
    void clear() {
        scene.clear();
        start = clock.instant().minusSeconds(15);
    }

    @Test
    void anOlderIncarnationThatSpeaksAfterTheNewerBeganQuarantinesTheHost() {
        // Given
        HostId host = scene.enrol("copied").id();
        report(host, 3, ONE, 0);
        report(host, 4, OTHER, 2);

        // When
        report(host, 3, ONE, 5);

        // Then
        await().atMost(PATIENCE).until(() -> view(host).state().equals("Quarantined"));
        assertThat(view(host).reason())
                .contains("two agents", "incarnation 3", "incarnation 4", "/admin/hosts/{id}/enrolment-tokens");
        assertThat(view(host).identity().confirmedAt()).isNull();
        assertThat(incidents(host)).containsExactly("TWO_AGENTS");
    }

    @Test
    void anotherInstanceOfTheSameIncarnationQuarantinesTheHost() {
        // Given
        HostId host = scene.enrol("restored").id();
        report(host, 3, ONE, 0);

        // When
        report(host, 3, OTHER, 5);

        // Then
        await().atMost(PATIENCE).until(() -> view(host).state().equals("Quarantined"));
        assertThat(view(host).reason()).contains(ONE.toString(), OTHER.toString());
    }

    @Test
    void aRestartAndALateWordOfTheLifeBeforeQuarantineNobody() {
        // Given
        HostId host = scene.enrol("restarted").id();
        report(host, 3, ONE, 0);

        // When
        report(host, 4, OTHER, 5);
        report(host, 3, ONE, 4);
        report(host, 4, OTHER, 10);

        // Then
        await().atMost(PATIENCE).until(() -> view(host).lastReportAt().equals(start.plusSeconds(10)));
        assertThat(view(host).state()).isEqualTo("Available");
        assertThat(incidents(host)).isEmpty();
    }

    @Test
    void anAgentWithoutAnInstanceIsNoSecondAgent() {
        // Given
        HostId host = scene.enrol("old-agent").id();
        report(host, 3, null, 0);

        // When
        report(host, 3, ONE, 2);
        report(host, 3, null, 4);

        // Then
        await().atMost(PATIENCE).until(() -> view(host).lastReportAt().equals(start.plusSeconds(4)));
        assertThat(view(host).state()).isEqualTo("Available");
    }

    @Test
    void whatAnEarlierEnrolmentWritesIsSetAside() {
        // Given
        HostId host = scene.enrol("again").id();
        report(host, 3, ONE, 0);
        await().atMost(PATIENCE).until(() -> view(host).state().equals("Available"));
        hosts.apply(host, new HostEvent.Failed("stolen"));
        scene.enrolAgain(host);

        // When
        report(host, 9, OTHER, 2);
        wire.uplink(host, 2, Topics.FLEET_REPORTED, wire.envelope(said(host, 1_000_001, ONE, 4)));

        // Then
        await().atMost(PATIENCE).until(() -> view(host).lastReportAt().equals(start.plusSeconds(4)));
        assertThat(view(host).state()).isEqualTo("Available");
        assertThat(incidents(host)).containsExactly("UPLINK_REFUSED");
    }

    private void report(HostId host, long incarnation, UUID instance, int afterSeconds) {
        wire.report(said(host, incarnation, instance, afterSeconds));
    }

    private HostReported said(HostId host, long incarnation, UUID instance, int afterSeconds) {
        return new HostReported(
                host,
                incarnation,
                0,
                "1.0",
                start.plusSeconds(afterSeconds),
                Samples.gpus(host, DeviceKind.CPU, 1),
                instance);
    }

    private List<String> incidents(HostId host) {
        return database.all("select kind from incident where host = ?", row -> row.text("kind"), host.value());
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }
}
