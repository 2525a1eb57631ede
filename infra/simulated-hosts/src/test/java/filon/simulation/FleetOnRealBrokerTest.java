package filon.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.agent.identity.Provisioning;
import filon.agent.inventory.Inventory;
import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetEvent.OrderRefused;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.FleetReport.Gpu;
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
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some agents in this JVM, each over mutual TLS to a real broker, and a control plane that the test plays.
 *
 * <p>One host has five GPUs: a slow one, a hung one, one that computes wrong, a lost one, a sound one. Three more hosts have one fault each. All
 * have their orders before they start, so that all tests wait at once.
 */
class FleetOnRealBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration AUTHORISED = Duration.ofMinutes(5);
    private static final int SLOW = 0;
    private static final int HUNG = 1;
    private static final int WRONG = 2;
    private static final int LOST = 3;
    private static final int SOUND = 4;
    private static final int GPUS = 5;

    @TempDir
    static Path folder;

    private static PlayedPlatform platform;
    private static Fleet fleet;
    private static HostId mixed;
    private static HostId tried;
    private static HostId ahead;
    private static HostId full;
    private static RunWorkload run;

    @BeforeAll
    static void start() throws Exception {
        platform = PlayedPlatform.start(folder);
        List<HostPlan> plans = new ArrayList<>();
        mixed = letIn(plans, FaultKind.SLOW, FaultKind.HUNG, FaultKind.WRONG_HASHES, FaultKind.LOST_GPU);
        tried = letIn(plans, FaultKind.WRONG_HASHES);
        ahead = letIn(plans, FaultKind.CLOCK_JUMP);
        full = letIn(plans, FaultKind.DISK_FULL);
        run = run(mixed, SOUND);
        platform.order(run);
        platform.order(run(mixed, SLOW));
        platform.order(run(mixed, HUNG));
        platform.order(run(mixed, WRONG));
        platform.order(run(ahead, SOUND));
        platform.order(run(full, SOUND));
        platform.order(burnIn(tried));
        fleet = Fleet.start(plans, surroundings());
    }

    @AfterAll
    static void stop() {
        fleet.close();
        platform.close();
    }

    /** Each fault is of the next GPU, where it is of one; a clock goes ten minutes ahead. */
    private static HostId letIn(List<HostPlan> plans, FaultKind... kinds) throws Exception {
        List<Episode> episodes = IntStream.range(0, kinds.length)
                .mapToObj(gpu -> new Episode(kinds[gpu], Duration.ZERO, FOR_EVER, gpu, 1))
                .toList();
        HostPlan plan = new HostPlan(plans.size() + 1, folder.resolve("fleet"), GPUS, new Fate(episodes));
        plans.add(plan);
        return platform.letIn(plan.home());
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
        platform.order(new StopWorkload(mixed, 2, run.leaseId(), run.rentalId(), run.epoch(), "enough"));
        await().atMost(SOON).until(() -> usage(run).stream().anyMatch(GpuUsage::isFinal));

        // Then
        assertThat(shares(run)).allSatisfy(FleetOnRealBrokerTest::assertProven);
        assertThat(usage(run).getLast().hashes()).isPositive();
        assertThat(usage(run)).anySatisfy(one -> assertThat(one.running()).isNotEmpty());
    }

    @Test
    void aSlowGpuRunsAndTellsARateFarBelowThatOfASoundOne() {
        WorkloadReported slow =
                said(gpu(mixed, SLOW), report -> report.hashRate().hashesPerSecond() > 0);
        long nominal = DeviceMake.ofHost(1).nominal().get(Algorithm.SHA256D).hashesPerSecond();

        assertThat(slow.state()).isEqualTo(WorkloadState.RUNNING);
        assertThat(slow.hashRate().hashesPerSecond()).isLessThan(nominal / 2);
    }

    @Test
    void aHungGpuIsRestartingAndSaysThatNoBatchEnds() {
        GpuId hung = gpu(mixed, HUNG);
        WorkloadReported said = said(
                hung,
                report -> report.state() == WorkloadState.RESTARTING
                        && report.reason().contains("no batch"));

        assertThat(said.reason()).isEqualTo("no batch has ended for 3 s");
        assertThat(exited(hung).exitCode()).isEqualTo(4);
        assertThat(exited(hung).reason()).contains("device is absent or failed");
    }

    @Test
    void aGpuOfWrongHashesEndsItsWorkloadAndIsNamedForIt() {
        WorkloadExited exited = exited(gpu(mixed, WRONG));

        assertThat(exited.foundDeviceWrong()).isTrue();
        assertThat(exited.reason()).contains("the device computes wrong answers");
    }

    @Test
    void aGpuOfWrongHashesFailsItsBurnInAtTheKnownAnswers() {
        BurnInReported over = first(
                Topics.FLEET_REPORTED,
                BurnInReported.class,
                report -> report.hostId().equals(tried) && report.state() != BurnInState.RUNNING);

        assertThat(over.state()).isEqualTo(BurnInState.FAILED);
        assertThat(over.progress()).contains("GPU " + gpu(tried, 0) + ": known answers: sha256d");
        assertThat(over.devices()).extracting(BurnInDevice::passed).containsExactly(false, true, true, true, true);
    }

    @Test
    void aLostGpuIsNotNamedByItsHost() {
        HostReported report = host(mixed);

        assertThat(report.gpus()).hasSize(GPUS - 1).extracting(Gpu::gpuId).doesNotContain(gpu(mixed, LOST));
    }

    @Test
    void aClockThatJumpedAheadShowsInTheReportsAndRefusesAnOrderThatLooksOver() {
        HostReported report = host(ahead);
        OrderRefused refused = first(
                Topics.FLEET_EVENTS, OrderRefused.class, event -> event.hostId().equals(ahead));

        assertThat(report.at()).isAfter(Clock.systemUTC().instant().plus(AUTHORISED));
        assertThat(refused.code()).isEqualTo("expired");
        assertThat(refused.reason()).contains("the order was authorised until");
    }

    @Test
    void aFullDiskEndsTheWorkloadWithAFaultAndTheHostStillSpeaks() {
        WorkloadExited exited = exited(gpu(full, SOUND));
        WorkloadReported said = said(gpu(full, SOUND), report -> report.state() == WorkloadState.RESTARTING);

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

    private static WorkloadReported said(GpuId gpu, Predicate<WorkloadReported> wanted) {
        return first(
                Topics.FLEET_REPORTED,
                WorkloadReported.class,
                report -> report.gpuId().equals(gpu) && wanted.test(report));
    }

    private static HostReported host(HostId host) {
        return first(
                Topics.FLEET_REPORTED,
                HostReported.class,
                report -> report.hostId().equals(host) && !report.gpus().isEmpty());
    }

    private static WorkloadExited exited(GpuId gpu) {
        return first(Topics.FLEET_EVENTS, WorkloadExited.class, event -> event.gpuId()
                .equals(gpu));
    }

    private static <T extends Message> T first(String topic, Class<T> type, Predicate<T> wanted) {
        return await().atMost(SOON)
                .until(() -> platform.read(topic, type).stream().filter(wanted).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    private static GpuId gpu(HostId host, int number) {
        var device = new SimulatedDevice(DeviceMake.ofHost(1), number, Fate.KIND).description();
        return new Inventory(List.of(device)).gpus(host).getFirst().gpuId();
    }

    private static RunWorkload run(HostId host, int gpu) {
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
                List.of(gpu(host, gpu)),
                List.of(new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:3333"), "user", "")),
                List.of());
    }

    private static RunBurnIn burnIn(HostId host) {
        Instant notAfter = Clock.systemUTC().instant().plus(AUTHORISED);
        List<GpuId> all =
                IntStream.range(0, GPUS).mapToObj(number -> gpu(host, number)).toList();
        return new RunBurnIn(host, 1, BurnInId.of(UUID.randomUUID()), notAfter, all, List.of(Algorithm.SHA256D), 1);
    }
}
