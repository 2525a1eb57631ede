package filon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.agent.control.ControlPlane;
import filon.agent.engine.EngineInstallation;
import filon.agent.enrolment.TokenRefusedException;
import filon.agent.identity.IdentityStore;
import filon.agent.meter.MeteringLog;
import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetEvent.AgentStarted;
import filon.contracts.message.FleetEvent.OrderRefused;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetEvent.WorkloadStarted;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WipeReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.TrimUsage;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.message.WipeState;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.mining.burnin.FakeBurnInMain;
import filon.plumbing.uplink.UplinkKeys;
import filon.plumbing.uplink.UplinkLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent with real child processes; only the network is in memory. */
class AgentTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final FakeOutside outside = new FakeOutside();
    private Agent agent;
    private GpuId gpu;
    private RunWorkload run;

    @TempDir
    Path home;

    @BeforeEach
    void enrol() throws Exception {
        agent = Agent.start(configuration("good-token", false), outside);
        await().atMost(SOON).until(() -> outside.sent(HostReported.class).stream()
                .anyMatch(report -> !report.gpus().isEmpty()));
        gpu = outside.sent(HostReported.class).getLast().gpus().getFirst().gpuId();
        run = ControlPlane.run(
                outside.host,
                1,
                ControlPlane.newLease(),
                ControlPlane.newRental(),
                1,
                Instant.now().plusSeconds(600),
                gpu);
    }

    @AfterEach
    void endEverything() throws IOException {
        agent.close();
        outside.sent(WorkloadStarted.class).stream()
                .flatMap(started -> ProcessHandle.of(started.pid()).stream())
                .filter(this::worksAtHome)
                .forEach(AgentTest::end);
    }

    /** Its arguments do not tell: they are cut off behind a class path as long as that of tests. */
    private boolean worksAtHome(ProcessHandle process) {
        try {
            Path folder = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
            return folder.startsWith(home.toRealPath());
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Gone for certain: until then it writes into the folder that is deleted next. */
    private static void end(ProcessHandle miner) {
        miner.destroyForcibly();
        miner.onExit().join();
    }

    @Test
    void takesAnOrderToUsageReportsAndAStopToAFinalOne() throws Exception {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING && !usage().isEmpty());

        // When
        outside.order(ControlPlane.stop(outside.host, 2, run));
        await().atMost(SOON).until(() -> state() == WorkloadState.STOPPED);

        // Then
        WorkloadReported stopped = outside.sent(WorkloadReported.class).getLast();
        UsageReport last = outside.sent(UsageReport.class).getLast();
        assertThat(stopped.usageSequence()).isEqualTo(last.sequence());
        assertThat(stopped.reason()).isEqualTo("the customer ended it");
        assertThat(usage().getLast().isFinal()).isTrue();
        assertThat(usage().getLast().acceptedShares()).isPositive();
        assertThat(outside.sent(WorkloadExited.class)).singleElement().satisfies(exited -> {
            assertThat(exited.exitCode()).isZero();
            assertThat(exited.restartInMillis()).isNull();
        });
        assertThat(disjoint(
                        usage().stream().flatMap(one -> one.running().stream()).toList()))
                .isTrue();
    }

    @Test
    void nothingOfALeaseIsLeftWhenItSaysThatItsGpuIsWiped() throws Exception {
        // Given
        String customer = run.pools().getFirst().user();
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING && !usage().isEmpty());
        assertThat(filesNaming(customer)).isNotEmpty();
        assertThat(outside.sent(WipeReported.class)).isEmpty();

        // When
        outside.order(ControlPlane.stop(outside.host, 2, run));
        await().atMost(SOON).until(() -> !outside.sent(WipeReported.class).isEmpty());

        // Then
        WipeReported wiped = outside.sent(WipeReported.class).getFirst();
        assertThat(wiped.leaseId()).isEqualTo(run.leaseId());
        assertThat(wiped.gpuId()).isEqualTo(gpu);
        assertThat(wiped.state()).as(wiped.detail()).isEqualTo(WipeState.WIPED);
        assertThat(state()).isEqualTo(WorkloadState.STOPPED);
        assertThat(usage().getLast().isFinal()).isTrue();
        assertThat(home.resolve("workloads").resolve(run.leaseId().toString())).doesNotExist();
        assertThat(filesNaming(customer)).isEmpty();

        // When
        outside.order(ControlPlane.run(
                outside.host, 3, ControlPlane.newLease(), ControlPlane.newRental(), 1, run.authorisedUntil(), gpu));

        // Then
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);
    }

    private List<Path> filesNaming(String text) throws IOException {
        try (var paths = Files.walk(home)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sealsEveryRecordWithItsOwnMac() {
        // When
        await().atMost(SOON).until(() -> outside.sent.size() > 2);

        // Then
        byte[] key = outside.identity().uplinkKeyBytes();
        assertThat(outside.sent).allSatisfy(record -> {
            assertThat(record.headers().get(UplinkHeaders.MAC))
                    .isEqualTo(UplinkKeys.mac(key, record.topic(), record.key(), record.value()));
            assertThat(record.headers().get(UplinkHeaders.HOST)).asString().isEqualTo(outside.host.toString());
        });
    }

    @Test
    void chainsItsEventsAndNothingElse() {
        // When
        await().atMost(SOON).until(() -> outside.sent.size() > 2);

        // Then
        assertThat(outside.sent)
                .allSatisfy(record -> assertThat(record.headers().containsKey(UplinkHeaders.LINK))
                        .isEqualTo(record.topic().equals(Topics.FLEET_EVENTS)))
                .anySatisfy(record -> assertThat(UplinkLink.of(outside.host, 1, record.headers()))
                        .contains(UplinkLink.first(outside.host, 1, 1)));
    }

    @Test
    void leavesTheMinerRunningWhenItEndsAndFindsItAgain() throws Exception {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);
        long pid = outside.sent(WorkloadStarted.class).getLast().pid();

        // When
        agent.close();
        boolean aliveBetween = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        agent = Agent.start(configuration("spent", false), outside);
        await().atMost(SOON).until(() -> outside.sent(AgentStarted.class).size() == 2);
        int reportsBefore = outside.sent(UsageReport.class).size();
        await().atMost(SOON).until(() -> outside.sent(UsageReport.class).size() > reportsBefore + 1);

        // Then
        assertThat(aliveBetween).isTrue();
        assertThat(ProcessHandle.of(pid)).map(ProcessHandle::isAlive).contains(true);
        assertThat(outside.sent(AgentStarted.class).getLast().reattached()).isEqualTo(1);
        assertThat(outside.sent(AgentStarted.class).getLast().incarnation()).isEqualTo(2);
        assertThat(outside.sent(WorkloadStarted.class)).hasSize(1);
        assertThat(outside.enrolments).hasSize(1);
        assertThat(disjoint(MeteringLog.of(home).reports().stream()
                        .flatMap(report -> report.usage().stream())
                        .flatMap(one -> one.running().stream())
                        .toList()))
                .isTrue();
    }

    @Test
    void startsAKilledMinerAgainAndSaysWhy() {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);
        long pid = outside.sent(WorkloadStarted.class).getLast().pid();

        // When
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> outside.sent(WorkloadStarted.class).size() == 2);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);

        // Then
        assertThat(outside.sent(WorkloadExited.class)).singleElement().satisfies(exited -> {
            assertThat(exited.exitCode()).isEqualTo(137);
            assertThat(exited.reason()).isEqualTo("killed by signal 9");
            assertThat(exited.restartInMillis()).isEqualTo(1_000);
        });
        assertThat(outside.sent(WorkloadReported.class))
                .anySatisfy(report -> assertThat(report.state()).isEqualTo(WorkloadState.RESTARTING));
    }

    @Test
    void namesAGpuNoMoreThatWasLostUnderItsMiner() {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);

        // When
        outside.devices = List.of();
        ProcessHandle.of(outside.sent(WorkloadStarted.class).getLast().pid())
                .orElseThrow()
                .destroyForcibly();

        // Then
        await().atMost(SOON)
                .until(() -> outside.sent(HostReported.class).getLast().gpus().isEmpty());
        await().atMost(SOON).until(() -> state() == WorkloadState.FAILED);
        assertThat(outside.sent(WorkloadReported.class).getLast().reason()).isEqualTo("this host has no GPU " + gpu);
    }

    @Test
    void refusesAForgedOrderReportsItOnceAndGoesOn() {
        // Given
        outside.record(run.slot(), new ControlPlane().signed(run));
        await().atMost(SOON).until(() -> !outside.sent(OrderRefused.class).isEmpty());

        // When
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);

        // Then
        assertThat(outside.sent(OrderRefused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.code()).isEqualTo("unknown-key");
            assertThat(refused.slot()).isEqualTo(run.slot());
            assertThat(refused.offset()).isZero();
        });
    }

    @Test
    void worksOnWithoutBrokersAndSendsEverythingLater() throws Exception {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);
        outside.brokersAreAway = true;
        int entries = MeteringLog.of(home).entries().size();
        await().atMost(SOON).until(() -> MeteringLog.of(home).entries().size() > entries + 2);

        // When
        outside.brokersAreAway = false;
        int due = MeteringLog.of(home).entries().size();
        await().atMost(SOON).until(() -> distinctSequences() >= due);

        // Then
        List<byte[]> logged = MeteringLog.of(home).entries().stream()
                .map(entry -> entry.value())
                .limit(due)
                .toList();
        List<byte[]> sent = outside.sent.stream()
                .filter(record -> record.topic().equals("usage.reports"))
                .map(record -> record.value())
                .toList();
        assertThat(logged).allSatisfy(value -> assertThat(sent)
                .anySatisfy(other -> assertThat(other).isEqualTo(value)));
    }

    @Test
    void sendsUntrimmedReportsAgainByteForByteAfterARestartUntilToldToTrim() throws Exception {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> outside.sent(UsageReport.class).size() > 1);
        agent.close();
        byte[] first = MeteringLog.of(home).entries().getFirst().value();
        outside.sent.removeIf(record -> record.topic().equals("usage.reports"));

        // When
        agent = Agent.start(configuration("spent", false), outside);
        await().atMost(SOON)
                .until(() -> outside.sent(UsageReport.class).stream().anyMatch(report -> report.incarnation() == 2));
        outside.order(new TrimUsage(outside.host, 3, 2, 1));

        // Then
        assertThat(outside.sent.stream()
                        .filter(record -> record.topic().equals("usage.reports"))
                        .findFirst()
                        .orElseThrow()
                        .value())
                .isEqualTo(first);
        await().atMost(SOON).untilAsserted(() -> assertThat(MeteringLog.of(home).entries())
                .allMatch(entry -> entry.incarnation() == 2));
    }

    @Test
    void burnsInAsOrderedReportsItAndTellsTheResultAgainAfterARestart() throws Exception {
        // Given
        outside.order(burnIn(1, FakeBurnInMain.PASSES));
        await().atMost(SOON).until(() -> burnInState() == BurnInState.PASSED);
        BurnInReported passed = outside.sent(BurnInReported.class).getLast();
        agent.close();
        outside.sent.clear();

        // When
        agent = Agent.start(configuration("spent", false), outside);
        await().atMost(SOON).until(() -> !outside.sent(BurnInReported.class).isEmpty());

        // Then
        assertThat(passed.devices()).singleElement().satisfies(device -> {
            assertThat(device.gpuId()).isEqualTo(gpu);
            assertThat(device.passed()).isTrue();
        });
        assertThat(outside.sent(BurnInReported.class)).allSatisfy(again -> {
            assertThat(again.state()).isEqualTo(BurnInState.PASSED);
            assertThat(again.burnInId()).isEqualTo(passed.burnInId());
            assertThat(again.endedAt()).isEqualTo(passed.endedAt());
            assertThat(again.incarnation()).isEqualTo(2);
        });
    }

    @Test
    void startsNoMinerOnAGpuThatIsBeingBurntIn() throws Exception {
        // Given
        outside.order(burnIn(1, FakeBurnInMain.HANGS));
        await().atMost(SOON).until(() -> outside.sent(BurnInReported.class).stream()
                .anyMatch(report -> report.progress().contains("run 1 of 5")));

        // When
        RunWorkload later =
                ControlPlane.run(outside.host, 2, run.leaseId(), run.rentalId(), 1, run.authorisedUntil(), gpu);
        outside.order(later);
        await().atMost(SOON).until(() -> !outside.sent(WorkloadReported.class).isEmpty());
        int launchedMeanwhile = outside.sent(WorkloadStarted.class).size();
        outside.order(burnIn(3, FakeBurnInMain.PASSES));
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);

        // Then
        assertThat(launchedMeanwhile).isZero();
        assertThat(outside.sent(WorkloadReported.class).getFirst().reason()).isEqualTo("the GPU is being burnt in");
        assertThat(outside.sent(BurnInReported.class).getLast().progress())
                .isEqualTo("GPU " + gpu + " works for lease " + run.leaseId());
    }

    private RunBurnIn burnIn(long generation, int ending) {
        return new RunBurnIn(
                outside.host,
                generation,
                BurnInId.of(UUID.randomUUID()),
                Instant.now().plusSeconds(600),
                List.of(gpu),
                List.of(Algorithm.SHA256D),
                ending);
    }

    private BurnInState burnInState() {
        List<BurnInReported> reports = outside.sent(BurnInReported.class);
        return reports.isEmpty() ? BurnInState.RUNNING : reports.getLast().state();
    }

    @Test
    void goesOnUnderARenewedCertificateWithoutStoppingItsMiner() throws Exception {
        // Given
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);
        long pid = outside.sent(WorkloadStarted.class).getLast().pid();
        agent.close();
        String due = outside.identityThatIsDue().certificate();
        new IdentityStore(home).save(outside.identityThatIsDue());

        // When
        agent = Agent.start(configuration("spent", false), outside);
        await().atMost(SOON)
                .until(() -> outside.followed.getLast().equals(outside.certificate)
                        && outside.uplinks.getLast().equals(outside.certificate)
                        && outside.uplinks.size() == 3);
        int reportsBefore = outside.sent(UsageReport.class).size();
        await().atMost(SOON).until(() -> outside.sent(UsageReport.class).size() > reportsBefore + 1);
        outside.order(ControlPlane.stop(outside.host, 2, run));
        boolean aliveUntilStopped =
                ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);

        // Then
        await().atMost(SOON).until(() -> state() == WorkloadState.STOPPED);
        assertThat(aliveUntilStopped).isTrue();
        assertThat(due).isNotEqualTo(outside.certificate);
        assertThat(new IdentityStore(home).identity()).contains(outside.identity());
        assertThat(agent.identity()).isEqualTo(outside.identity());
        assertThat(outside.sent(WorkloadStarted.class)).hasSize(1);
    }

    @Test
    void saysWhichInstanceItIsInEachReportOfItsLife() throws Exception {
        // Given
        await().atMost(SOON).until(() -> outside.sent(HostReported.class).size() > 1);
        List<HostReported> first = outside.sent(HostReported.class);
        agent.close();

        // When
        agent = Agent.start(configuration("spent", false), outside);
        await().atMost(SOON)
                .until(() -> outside.sent(HostReported.class).getLast().incarnation() == 2);

        // Then
        assertThat(first)
                .extracting(HostReported::instance)
                .doesNotContainNull()
                .containsOnly(first.getFirst().instance());
        assertThat(outside.sent(HostReported.class).getLast().instance())
                .isNotNull()
                .isNotEqualTo(first.getFirst().instance());
    }

    @Test
    void introducesItsMachineByItsSerialNumber() {
        assertThat(outside.enrolments).singleElement().satisfies(request -> assertThat(request.serial())
                .isEqualTo("SN-1"));
    }

    @Test
    void endsTheMinersTooWhenToldSo() throws Exception {
        // Given
        agent.close();
        agent = Agent.start(configuration("spent", true), outside);
        outside.order(run);
        await().atMost(SOON).until(() -> state() == WorkloadState.RUNNING);
        long pid = outside.sent(WorkloadStarted.class).getLast().pid();

        // When
        agent.close();

        // Then
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(usage()).isNotEmpty().noneMatch(GpuUsage::isFinal);
    }

    @Test
    void keepsItsSecretsToItsOwner() throws Exception {
        // When
        List<Path> files;
        try (var paths = Files.walk(home.resolve("identity"))) {
            files = paths.toList();
        }

        // Then
        assertThat(files).hasSize(4).allSatisfy(path -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }

    @Test
    void allowsOneAgentPerHome() {
        // When + Then
        assertThatThrownBy(() -> Agent.start(configuration("good-token", false), outside))
                .isInstanceOf(HomeInUseException.class);
    }

    @Test
    void saysInOneLineThatItsTokenIsNoGood() {
        // Given
        AgentConfiguration fresh = configuration(home.resolve("other"), "bad-token", false);

        // When + Then
        assertThatThrownBy(() -> Agent.start(fresh, outside))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessage("the token is spent");
    }

    private long distinctSequences() {
        return outside.sent(UsageReport.class).stream()
                .map(UsageReport::sequence)
                .distinct()
                .count();
    }

    private WorkloadState state() {
        List<WorkloadReported> reports = outside.sent(WorkloadReported.class);
        return reports.isEmpty() ? WorkloadState.PENDING : reports.getLast().state();
    }

    private List<GpuUsage> usage() {
        return outside.sent(UsageReport.class).stream()
                .flatMap(report -> report.usage().stream())
                .toList();
    }

    private static boolean disjoint(List<Span> spans) {
        List<Span> sorted = spans.stream()
                .sorted((a, b) -> Long.compare(a.fromMillis(), b.fromMillis()))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).fromMillis() < sorted.get(i - 1).toMillis()) {
                return false;
            }
        }
        return true;
    }

    private AgentConfiguration configuration(String token, boolean stopWorkloads) {
        return configuration(home, token, stopWorkloads);
    }

    private static AgentConfiguration configuration(Path home, String token, boolean stopWorkloads) {
        return new AgentConfiguration(
                home,
                Optional.of(URI.create("https://provisioning.test:8443")),
                Optional.of("authority"),
                Optional.of(token),
                "test-host",
                Optional.of("SN-1"),
                new EngineInstallation(EngineInstallation.currentJava(), List.of(Path.of("none.jar"))),
                stopWorkloads,
                0,
                Duration.ofSeconds(1),
                false);
    }
}
