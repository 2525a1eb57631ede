package filon.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.agent.identity.Provisioning;
import filon.agent.inventory.Inventory;
import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetEvent.OrderRefused;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.StopWorkload;
import filon.contracts.message.Message;
import filon.contracts.message.Topics;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.mining.algorithm.sha256d.Sha256d;
import filon.simulation.device.DeviceMake;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.fault.Episode;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import filon.simulation.host.HostPlan;
import filon.simulation.host.Surroundings;
import filon.simulation.host.Surroundings.Rhythm;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some agents in this JVM, each over mutual TLS to a real broker, and a control plane that the test plays.
 *
 * <p>One host is sound, each other one has a fault from its begin on. All have their orders before they start, so that all tests wait at once.
 */
class FleetOnRealBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration AUTHORISED = Duration.ofMinutes(5);
    private static final int GPUS = 2;
    private static final List<FaultKind> WORKING =
            List.of(FaultKind.SLOW, FaultKind.HUNG, FaultKind.WRONG_HASHES, FaultKind.CLOCK_JUMP, FaultKind.DISK_FULL);

    @TempDir
    static Path folder;

    private static PlayedPlatform platform;
    private static Fleet fleet;
    private static HostId sound;
    private static HostId tried;
    private static RunWorkload run;
    private static final Map<FaultKind, HostId> FAULTY = new EnumMap<>(FaultKind.class);

    @BeforeAll
    static void start() throws Exception {
        platform = PlayedPlatform.start(folder);
        List<HostPlan> plans = new ArrayList<>();
        sound = letIn(plans, Fate.KIND);
        tried = letIn(plans, fate(FaultKind.WRONG_HASHES));
        for (FaultKind kind : WORKING) {
            FAULTY.put(kind, letIn(plans, fate(kind)));
            platform.order(run(FAULTY.get(kind)));
        }
        FAULTY.put(FaultKind.LOST_GPU, letIn(plans, fate(FaultKind.LOST_GPU)));
        run = run(sound);
        platform.order(run);
        platform.order(burnIn(tried));
        fleet = Fleet.start(plans, surroundings());
    }

    @AfterAll
    static void stop() {
        fleet.close();
        platform.close();
    }

    private static HostId letIn(List<HostPlan> plans, Fate fate) throws Exception {
        HostPlan plan = new HostPlan(plans.size() + 1, folder.resolve("fleet"), GPUS, fate);
        plans.add(plan);
        return platform.letIn(plan.home());
    }

    /** Of the host's first GPU, where it is about one; the clock goes ten minutes ahead. */
    private static Fate fate(FaultKind kind) {
        return new Fate(List.of(new Episode(kind, Duration.ZERO, FOR_EVER, 0, 1)));
    }

    private static Surroundings surroundings() {
        Duration second = Duration.ofSeconds(1);
        return new Surroundings(
                Clock.systemUTC(),
                System::nanoTime,
                System.nanoTime(),
                time -> LockSupport.parkNanos(time.toNanos()),
                "boot",
                new Provisioning(URI.create("https://127.0.0.1:1"), "none"),
                new PlayedPlatform.NoDesk(),
                new Rhythm(second, second, second));
    }

    @Test
    void metersAnOrderedWorkloadWithSharesThatHashAgainAndEndsItAsOrdered() throws Exception {
        // Given
        await().atMost(SOON).until(() -> shares(run).size() >= 2);

        // When
        platform.order(new StopWorkload(sound, 2, run.leaseId(), run.rentalId(), run.epoch(), "enough"));
        await().atMost(SOON).until(() -> usage(run).stream().anyMatch(GpuUsage::isFinal));

        // Then
        assertThat(shares(run)).allSatisfy(FleetOnRealBrokerTest::assertProven);
        assertThat(usage(run).getLast().hashes()).isPositive();
        assertThat(usage(run)).anySatisfy(one -> assertThat(one.running()).isNotEmpty());
    }

    @Test
    void aSlowGpuRunsAndTellsARateFarBelowThatOfASoundOne() {
        WorkloadReported slow = said(FaultKind.SLOW, report -> report.hashRate().hashesPerSecond() > 0);

        assertThat(slow.state()).isEqualTo(WorkloadState.RUNNING);
        assertThat(slow.hashRate().hashesPerSecond())
                .isLessThan(nominal(FaultKind.SLOW) / 2)
                .isPositive();
    }

    @Test
    void aHungGpuIsRestartingAndSaysThatNoBatchEnds() {
        WorkloadReported hung = said(
                FaultKind.HUNG,
                report -> report.state() == WorkloadState.RESTARTING
                        && report.reason().contains("no batch"));

        assertThat(hung.reason()).isEqualTo("no batch has ended for 3 s");
        assertThat(exited(FaultKind.HUNG).exitCode()).isEqualTo(4);
        assertThat(exited(FaultKind.HUNG).reason()).contains("device is absent or failed");
    }

    @Test
    void aGpuOfWrongHashesEndsItsWorkloadAndIsNamedForIt() {
        WorkloadExited exited = exited(FaultKind.WRONG_HASHES);

        assertThat(exited.foundDeviceWrong()).isTrue();
        assertThat(exited.reason()).contains("the device computes wrong answers");
        assertThat(exited.gpuId()).isEqualTo(firstGpu(FAULTY.get(FaultKind.WRONG_HASHES)));
    }

    @Test
    void aGpuOfWrongHashesFailsItsBurnInAtTheKnownAnswers() {
        BurnInReported over = first(
                Topics.FLEET_REPORTED,
                BurnInReported.class,
                report -> report.hostId().equals(tried) && report.state() != BurnInState.RUNNING);

        assertThat(over.state()).isEqualTo(BurnInState.FAILED);
        assertThat(over.progress()).contains("GPU " + firstGpu(tried) + ": known answers: sha256d");
        assertThat(over.devices())
                .hasSize(GPUS)
                .satisfiesExactly(wrong -> assertThat(wrong.passed()).isFalse(), right -> assertThat(right.passed())
                        .isTrue());
    }

    @Test
    void aLostGpuIsNotNamedByItsHost() {
        HostReported report = host(FaultKind.LOST_GPU);

        assertThat(report.gpus()).hasSize(GPUS - 1);
        assertThat(report.gpus().getFirst().gpuId()).isNotEqualTo(firstGpu(report.hostId()));
    }

    @Test
    void aClockThatJumpedAheadShowsInTheReportsAndRefusesAnOrderThatLooksOver() {
        HostReported report = host(FaultKind.CLOCK_JUMP);
        OrderRefused refused = first(Topics.FLEET_EVENTS, OrderRefused.class, event -> event.hostId()
                .equals(FAULTY.get(FaultKind.CLOCK_JUMP)));

        assertThat(report.at()).isAfter(Clock.systemUTC().instant().plus(AUTHORISED));
        assertThat(refused.code()).isEqualTo("expired");
        assertThat(refused.reason()).contains("the order was authorised until");
    }

    @Test
    void aFullDiskEndsTheWorkloadWithAFaultAndTheHostStillSpeaks() {
        WorkloadExited exited = exited(FaultKind.DISK_FULL);
        WorkloadReported said = said(FaultKind.DISK_FULL, report -> report.state() == WorkloadState.RESTARTING);

        assertThat(exited.exitCode()).isEqualTo(1);
        assertThat(said.reason()).contains("a fault of the workload", "tried again after");
    }

    private static void assertProven(ShareProof share) {
        BigInteger hash = new BigInteger(1, Sha256d.hashOf(HexFormat.of().parseHex(share.header())));
        assertThat(hash).isLessThanOrEqualTo(new BigInteger(share.target(), 16));
    }

    private static List<ShareProof> shares(RunWorkload run) {
        return usage(run).stream().flatMap(one -> one.shares().stream()).toList();
    }

    private static List<GpuUsage> usage(RunWorkload run) {
        return platform.read(Topics.USAGE_REPORTS, UsageReport.class).stream()
                .flatMap(report -> report.usage().stream())
                .filter(one -> one.leaseId().equals(run.leaseId()))
                .toList();
    }

    private static WorkloadReported said(FaultKind kind, Predicate<WorkloadReported> wanted) {
        return first(
                Topics.FLEET_REPORTED,
                WorkloadReported.class,
                report -> report.hostId().equals(FAULTY.get(kind)) && wanted.test(report));
    }

    private static HostReported host(FaultKind kind) {
        return first(
                Topics.FLEET_REPORTED,
                HostReported.class,
                report -> report.hostId().equals(FAULTY.get(kind))
                        && !report.gpus().isEmpty());
    }

    private static WorkloadExited exited(FaultKind kind) {
        return first(Topics.FLEET_EVENTS, WorkloadExited.class, event -> event.hostId()
                .equals(FAULTY.get(kind)));
    }

    private static <T extends Message> T first(String topic, Class<T> type, Predicate<T> wanted) {
        return await().atMost(SOON)
                .until(() -> platform.read(topic, type).stream().filter(wanted).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    private static long nominal(FaultKind kind) {
        int number = 3 + WORKING.indexOf(kind);
        return DeviceMake.ofHost(number).nominal().get(Algorithm.SHA256D).hashesPerSecond();
    }

    private static List<GpuId> gpus(HostId host) {
        return List.of(0, 1).stream()
                .map(index -> new SimulatedDevice(DeviceMake.ofHost(1), index, Fate.KIND).description())
                .flatMap(device -> new Inventory(List.of(device)).gpus(host).stream())
                .map(gpu -> gpu.gpuId())
                .toList();
    }

    private static GpuId firstGpu(HostId host) {
        return gpus(host).getFirst();
    }

    private static RunWorkload run(HostId host) {
        Instant now = Clock.systemUTC().instant();
        return new RunWorkload(
                host,
                1,
                LeaseId.of(UUID.randomUUID()),
                RentalId.of(UUID.randomUUID()),
                1,
                now,
                now.plus(AUTHORISED),
                Algorithm.SHA256D,
                List.of(firstGpu(host)),
                List.of(new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:3333"), "user", "")),
                List.of());
    }

    private static RunBurnIn burnIn(HostId host) {
        Instant notAfter = Clock.systemUTC().instant().plus(AUTHORISED);
        return new RunBurnIn(
                host, 1, BurnInId.of(UUID.randomUUID()), notAfter, gpus(host), List.of(Algorithm.SHA256D), 1);
    }
}
