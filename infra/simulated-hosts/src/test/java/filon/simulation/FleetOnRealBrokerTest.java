package filon.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.agent.identity.Provisioning;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.StopWorkload;
import filon.contracts.message.Topics;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.mining.algorithm.sha256d.Sha256d;
import filon.simulation.fault.FaultPlan;
import filon.simulation.host.Surroundings;
import filon.simulation.host.Surroundings.Rhythm;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some agents in this JVM, each over mutual TLS to a real broker, and a control plane that the test plays. */
class FleetOnRealBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int HOSTS = 3;
    private static final int GPUS = 2;

    @TempDir
    static Path folder;

    private static PlayedPlatform platform;
    private static Fleet fleet;

    @BeforeAll
    static void start() throws Exception {
        platform = PlayedPlatform.start(folder);
        FleetPlan plan =
                new FleetPlan(folder.resolve("fleet"), HOSTS, GPUS, FaultPlan.of(1, List.of(), Duration.ofMinutes(1)));
        for (var host : plan.hostPlans()) {
            platform.letIn(host.home());
        }
        fleet = Fleet.start(plan, surroundings());
    }

    @AfterAll
    static void stop() {
        fleet.close();
        platform.close();
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
        await().atMost(SOON).until(() -> platform.hosts(GPUS).size() == HOSTS);
        HostReported host = platform.hosts(GPUS).getFirst();
        RunWorkload run = run(host.hostId(), host.gpus().getFirst().gpuId());

        // When
        platform.order(run);
        await().atMost(SOON).until(() -> shares(run).size() >= 2);
        platform.order(stop(run));
        await().atMost(SOON).until(() -> usage(run).stream().anyMatch(GpuUsage::isFinal));

        // Then
        assertThat(shares(run)).allSatisfy(FleetOnRealBrokerTest::assertProven);
        assertThat(usage(run).getLast().hashes()).isPositive();
        assertThat(usage(run)).anySatisfy(one -> assertThat(one.running()).isNotEmpty());
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

    private static RunWorkload run(HostId host, GpuId gpu) {
        Instant now = Clock.systemUTC().instant();
        return new RunWorkload(
                host,
                1,
                LeaseId.of(UUID.randomUUID()),
                RentalId.of(UUID.randomUUID()),
                1,
                now,
                now.plusSeconds(600),
                Algorithm.SHA256D,
                List.of(gpu),
                List.of(new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:3333"), "user", "")),
                List.of());
    }

    private static HostOrder stop(RunWorkload run) {
        return new StopWorkload(run.hostId(), 2, run.leaseId(), run.rentalId(), run.epoch(), "enough");
    }
}
