package filon.provisioning.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInCheck;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.message.LeaseNotice.PlacementRefused;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.SignedOrder;
import filon.contracts.message.Topics;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.provisioning.AsShipped;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.burnin.BurnIn;
import filon.provisioning.fleet.BurnInView;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@TestProfile(AsShipped.class)
class BurnInJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestHTTPResource(tls = true)
    URI address;

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    Hosts hosts;

    @Inject
    MovableClock clock;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    private RequestSpecification staff() {
        return given().relaxedHTTPSValidation().baseUri("https://127.0.0.1:" + address.getPort());
    }

    @Test
    void aHostIsOrderedOneBurnInAndIsLeasedOnlyWhenEveryDevicePassed() throws Exception {
        // Given
        HostId host = reporting("burn-alpha", 2);
        RentalId rental = Samples.rental();
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 2)));

        // When
        RunBurnIn order = awaitOrder(host, 1);

        // Then
        assertThat(order.gpuIds()).containsExactly(gpu(host, 0), gpu(host, 1));
        assertThat(order.algorithms()).containsExactly(Algorithm.values());
        assertThat(order.benchmarkSeconds()).isEqualTo(3);
        assertThat(order.notAfter()).isBefore(view(host).deadline());
        assertThat(wire.orders(host)).singleElement().matches(wire::isGenuine);
        assertThat(state(host)).isEqualTo("BurningIn");

        // When
        wire.report(running(order, "sha256d: measuring, run 1 of 5"));
        await().atMost(PATIENCE).until(() -> newest(host).state() == BurnIn.State.RUNNING);

        // Then
        assertThat(newest(host).progress()).isEqualTo("sha256d: measuring, run 1 of 5");
        await().atMost(PATIENCE)
                .until(() -> !wire.notices(rental, PlacementRefused.class).isEmpty());
        assertThat(wire.notices(rental, Granted.class)).isEmpty();

        // When
        BurnInReported passed = over(order, BurnInState.PASSED, device(host, 0, true), device(host, 1, true));
        wire.report(passed);
        wire.report(passed);

        // Then
        await().atMost(PATIENCE)
                .until(() -> !wire.notices(rental, Granted.class).isEmpty());
        assertThat(newest(host).state()).isEqualTo(BurnIn.State.PASSED);
        assertThat(newest(host).devices()).isEqualTo(passed.devices());
        HostKnown available = wire.notices(host, HostKnown.class).stream()
                .filter(known -> known.state().equals("Available"))
                .findFirst()
                .orElseThrow();
        assertThat(available.reason()).startsWith("burn-in passed: GPU " + gpu(host, 0) + " sha256d 200 H/s");
        assertThat(available.gpus()).allSatisfy(gpu -> assertThat(gpu.rates())
                .containsExactly(new MeasuredRate(
                        Algorithm.SHA256D, HashRate.of(200), HashRate.of(100), HashRate.of(300), passed.endedAt())));
    }

    @Test
    void aHostThatFailsIsQuarantinedAndOnlyAnotherBurnInLeadsBack() throws Exception {
        // Given
        HostId host = reporting("burn-beta", 1);
        RunBurnIn first = awaitOrder(host, 1);

        // When
        wire.report(over(first, BurnInState.FAILED, device(host, 0, false)));
        awaitState(host, "Quarantined");

        // Then
        assertThat(view(host).reason()).isEqualTo("burn-in failed: GPU " + gpu(host, 0) + ": memory: a word differs");
        assertThat(wire.notices(host, HostKnown.class)
                        .getLast()
                        .gpus()
                        .getFirst()
                        .rates())
                .isNull();

        // When
        hosts.decide(host, new HostEvent.Readmitted("the card was replaced (ola)"));
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));
        RunBurnIn second = awaitOrder(host, 2);
        wire.report(over(first, BurnInState.PASSED, device(host, 0, true)));
        wire.report(over(second, BurnInState.PASSED, device(host, 0, true)));
        awaitState(host, "Available");

        // Then
        assertThat(second.burnInId()).isNotEqualTo(first.burnInId());
        assertThat(fleet.burnIns(host))
                .extracting(BurnInView::state)
                .containsExactly(BurnIn.State.PASSED, BurnIn.State.FAILED);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void staffSeeTheNewestBurnInOfAHostAndItsHistory() throws Exception {
        // Given
        HostId host = reporting("burn-eta", 1);
        RunBurnIn order = awaitOrder(host, 1);

        // When
        wire.report(over(order, BurnInState.PASSED, device(host, 0, true)));
        awaitState(host, "Available");

        // Then
        staff().get("/admin/hosts/{id}", host.toString())
                .then()
                .statusCode(200)
                .body("burnIn.id", equalTo(order.burnInId().toString()))
                .body("burnIn.state", equalTo("PASSED"))
                .body("burnIn.endedAt", notNullValue())
                .body("burnIn.devices[0].checks[0].detail", equalTo("no word differs"))
                .body("burnIn.devices[0].benchmarks[0].median", equalTo(200));
        staff().get("/admin/hosts")
                .then()
                .statusCode(200)
                .body("find { it.id == '" + host + "' }.burnIn.state", equalTo("PASSED"))
                .body(
                        "find { it.id == '" + host + "' }.burnIn.gpuIds[0]",
                        equalTo(gpu(host, 0).toString()))
                .body("find { it.id == '" + host + "' }.burnIn.devices.size()", equalTo(0));
        staff().get("/admin/hosts/{id}/burn-ins", host.toString())
                .then()
                .statusCode(200)
                .body("size()", equalTo(1))
                .body("[0].gpuIds[0]", equalTo(gpu(host, 0).toString()));
        staff().get("/admin/hosts/{id}/burn-ins", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void whatIsNotTheHostsOwnBurnInOrNotAwaitedChangesNothing() throws Exception {
        // Given
        HostId host = reporting("burn-gamma", 1);
        HostId other = reporting("burn-delta", 1);
        RunBurnIn order = awaitOrder(host, 1);
        RunBurnIn others = awaitOrder(other, 1);

        // When
        wire.report(over(
                new RunBurnIn(host, 1, others.burnInId(), order.notAfter(), order.gpuIds(), order.algorithms(), 1),
                BurnInState.PASSED,
                device(host, 0, true)));
        wire.report(over(
                new RunBurnIn(
                        host,
                        1,
                        BurnInId.of(UUID.randomUUID()),
                        order.notAfter(),
                        order.gpuIds(),
                        order.algorithms(),
                        1),
                BurnInState.PASSED,
                device(host, 0, true)));
        hosts.apply(other, new HostEvent.Failed("a person pulled the plug"));
        wire.report(over(others, BurnInState.PASSED, device(other, 0, true)));
        wire.report(running(order, "the last of these reports"));
        await().atMost(PATIENCE).until(() -> newest(host).progress().equals("the last of these reports"));

        // Then
        assertThat(state(host)).isEqualTo("BurningIn");
        assertThat(state(other)).isEqualTo("Quarantined");
        assertThat(wire.records(Topics.DEAD_LETTERS).stream()
                        .filter(record -> record.key().startsWith(host + "/burn-in")))
                .hasSize(2);
        await().atMost(PATIENCE).until(() -> newest(other).state() == BurnIn.State.ABANDONED);
        assertThat(newest(other).progress()).isEqualTo("its host left the burn-in: a person pulled the plug");
    }

    @Test
    void aHostThatSaysNothingIsQuarantinedAtItsDeadline() throws Exception {
        // Given
        HostId host = reporting("burn-epsilon", 1);
        awaitOrder(host, 1);

        // When
        clock.advance(Duration.ofHours(4).plusSeconds(1));

        // Then
        awaitState(host, "Quarantined");
        assertThat(view(host).reason()).contains("its burn-in did not end in four hours");
    }

    @Test
    void aDeviceThatComputesWrongIsNeverSoldAgainUntilABurnInPassed() throws Exception {
        // Given
        HostId host = reporting("burn-zeta", 1);
        RunBurnIn first = awaitOrder(host, 1);
        wire.report(over(first, BurnInState.PASSED, device(host, 0, true)));
        awaitState(host, "Available");
        clock.advance(Duration.ofSeconds(5));

        // When
        WorkloadExited wrong = exited(host, 5, "the device computes wrong answers");
        wire.tell(wrong);
        awaitState(host, "Quarantined");

        // Then
        assertThat(view(host).reason()).startsWith("GPU " + gpu(host, 0) + " computes wrong answers");
        RentalId rental = Samples.rental();
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        await().atMost(PATIENCE)
                .until(() -> !wire.notices(rental, PlacementRefused.class).isEmpty());

        // When
        clock.advance(Duration.ofSeconds(5));
        hosts.decide(host, new HostEvent.Readmitted("the card was replaced (ola)"));
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));
        wire.report(over(awaitOrder(host, 2), BurnInState.PASSED, device(host, 0, true)));
        await().atMost(PATIENCE)
                .until(() -> !wire.notices(rental, Granted.class).isEmpty());
        wire.uplink(host, Topics.FLEET_EVENTS, wire.envelope(wrong));
        wire.tell(exited(host, 137, "killed by signal 9"));
        await().atMost(PATIENCE).until(() -> view(host).events().stream()
                .anyMatch(line -> line.detail().contains("killed by signal 9")));

        // Then
        assertThat(state(host)).isEqualTo("Reserved");
    }

    private HostId reporting(String name, int gpus) {
        HostId host = scene.enrol(name).id();
        hosts.reported(scene.report(host, 0, Samples.gpus(host, DeviceKind.CPU, gpus)));
        return host;
    }

    private RunBurnIn awaitOrder(HostId host, int number) throws Exception {
        await().atMost(PATIENCE).until(() -> burnInOrders(host).size() == number);
        return burnInOrders(host).getLast();
    }

    private List<RunBurnIn> burnInOrders(HostId host) throws Exception {
        List<RunBurnIn> orders = new java.util.ArrayList<>();
        for (SignedOrder signed : wire.orders(host)) {
            if (MessageCodec.parse(signed.order(), HostOrder.class) instanceof RunBurnIn order) {
                orders.add(order);
            }
        }
        return orders;
    }

    private BurnInReported running(RunBurnIn order, String progress) {
        Instant now = clock.instant();
        return new BurnInReported(
                order.hostId(), 1, order.burnInId(), BurnInState.RUNNING, progress, now, null, List.of(), now);
    }

    private BurnInReported over(RunBurnIn order, BurnInState state, BurnInDevice... devices) {
        Instant now = clock.instant();
        return new BurnInReported(order.hostId(), 1, order.burnInId(), state, "over", now, now, List.of(devices), now);
    }

    private static BurnInDevice device(HostId host, int number, boolean passed) {
        BurnInCheck check = new BurnInCheck("memory", passed, passed ? "no word differs" : "a word differs", 1.5);
        BurnInBenchmark rate =
                new BurnInBenchmark(Algorithm.SHA256D, HashRate.of(200), HashRate.of(100), HashRate.of(300), 5, 15.25);
        return new BurnInDevice(gpu(host, number), passed, List.of(check), List.of(rate));
    }

    private WorkloadExited exited(HostId host, int code, String reason) {
        return new WorkloadExited(
                host, clock.instant(), LeaseId.of(UUID.randomUUID()), 1, gpu(host, 0), code, reason, 1_000L);
    }

    private static GpuId gpu(HostId host, int number) {
        return Samples.gpus(host, DeviceKind.CPU, number + 1).get(number).gpuId();
    }

    private BurnInView newest(HostId host) {
        return view(host).burnIn();
    }

    private void awaitState(HostId host, String state) {
        await().atMost(PATIENCE).until(() -> state(host).equals(state));
    }

    private String state(HostId host) {
        return view(host).state();
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }
}
