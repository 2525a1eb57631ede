package filon.mining.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.device.DeviceSelector;
import filon.mining.engine.MiningState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process on the real device, against a pool inside the test. */
class WorkloadProcessTest {
    private static final String PASSWORD = "do-not-tell-anyone";

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private WorkloadDirectory directory;
    private TinyPool pool;

    @BeforeEach
    void prepareTheDirectory() throws IOException {
        directory = new WorkloadDirectory(folder);
        pool = new TinyPool();
        authorise(Duration.ofMinutes(5));
        directory.write(new WorkloadSpecification(
                LeaseId.of("00000000-0000-0000-0000-000000000001"),
                3,
                GpuId.of("test:0"),
                DeviceSelector.first(),
                Algorithm.SHA256D,
                List.of(new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:" + pool.port()), "me", PASSWORD)),
                List.of("127.0.0.0/8"),
                OptionalDouble.empty()));
    }

    @AfterEach
    void leaveNoProcess() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        pool.close();
    }

    private void authorise(Duration time) throws IOException {
        directory.write(new Authorisation(Instant.now().plus(time)));
    }

    private Process launched() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Dfilon.cache=" + System.getProperty("filon.cache", "off"),
                        "-Dfilon.tuning=" + System.getProperty("filon.tuning", "off"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "filon.mining.workload.WorkloadMain",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("out.txt").toFile()))
                .start();
        processes.add(process);
        return process;
    }

    private List<MeterRecord> records() throws IOException {
        return MeterLog.read(directory.meter(), 0).records();
    }

    private List<MeterRecord> awaitRecords(String what, Predicate<List<MeterRecord>> condition) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < deadline) {
            List<MeterRecord> records = records();
            if (condition.test(records)) {
                return records;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("no record " + what + " within 90 s; the process said:\n" + output());
    }

    private WorkloadStatus awaitStatus(Predicate<WorkloadStatus> condition) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < deadline) {
            Optional<WorkloadStatus> status = directory.status().filter(condition);
            if (status.isPresent()) {
                return status.get();
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("no such status within 90 s; the process said:\n" + output());
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private static boolean hasAccepted(List<MeterRecord> records, long count) {
        return !records.isEmpty() && records.getLast().accepted() >= count;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("ends within a minute")
                .isTrue();
        return process.exitValue();
    }

    private static void assertContiguous(List<MeterRecord> records) {
        for (int i = 1; i < records.size(); i++) {
            assertThat(records.get(i).n()).isEqualTo(records.get(i - 1).n() + 1);
            assertThat(records.get(i).hashes())
                    .isGreaterThanOrEqualTo(records.get(i - 1).hashes());
            assertThat(records.get(i).accepted())
                    .isGreaterThanOrEqualTo(records.get(i - 1).accepted());
            assertThat(records.get(i).fromNanos())
                    .isGreaterThanOrEqualTo(records.get(i - 1).toNanos());
        }
    }

    @Test
    void continuesNumbersAndCountersAfterBeingKilled() throws Exception {
        // Given
        Process first = launched();
        awaitRecords("with accepted shares", records -> hasAccepted(records, 2));
        first.destroyForcibly().waitFor();
        List<MeterRecord> before = records();

        // When
        Process second = launched();
        List<MeterRecord> after = awaitRecords(
                "after the restart",
                records -> hasAccepted(records, before.getLast().accepted() + 2));
        second.destroy();
        assertThat(exitCode(second)).isEqualTo(WorkloadExit.ASKED.code());

        // Then
        assertContiguous(after);
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        MeterRecord last = records().getLast();
        assertThat(last.isFinal()).isTrue();
        assertThat(last.state()).isEqualTo(MiningState.STOPPING);
        assertThat(last.rejected() + last.stale() + last.hardwareErrors()).isZero();
        assertThat(last.accepted()).isLessThanOrEqualTo(pool.accepted.get());
        assertThat(pool.refused).hasValue(0);
        assertThat(output()).doesNotContain(PASSWORD);
    }

    @Test
    void journalsSharesThatAnybodyCanHashAgain() throws Exception {
        Process process = launched();

        List<MeterRecord> records = awaitRecords("with accepted shares", list -> hasAccepted(list, 3));
        process.destroy();
        exitCode(process);

        var sha256d = ProofsOfWork.of("sha256d");
        List<ShareProof> proofs =
                records.stream().flatMap(record -> record.shares().stream()).toList();
        assertThat(proofs).isNotEmpty().allSatisfy(proof -> {
            byte[] header = HexFormat.of().parseHex(proof.header());
            long nonce =
                    Integer.toUnsignedLong(Integer.reverseBytes(HexFormat.fromHexDigits(proof.header(), 152, 160)));
            byte[] prefix = java.util.Arrays.copyOf(header, 76);
            assertThat(Target.ofHex(proof.target())
                            .isMetBy(sha256d.digest(Header.of(prefix), nonce).hash()))
                    .isTrue();
        });
        assertThat(proofs.stream()
                        .filter(proof -> proof.verdict().equals("accepted"))
                        .count())
                .isEqualTo(records.getLast().accepted());
    }

    @Test
    void stopsByItselfWhenItsAuthorisationEnds() throws Exception {
        Process process = launched();
        awaitRecords("of a running device", list -> hasAccepted(list, 1));

        authorise(Duration.ZERO);

        assertThat(exitCode(process)).isEqualTo(WorkloadExit.AUTHORISATION_EXPIRED.code());
        assertThat(records().getLast().isFinal()).isTrue();
        assertThat(records().getLast().reason()).isEqualTo("authorisation-expired");
    }

    @Test
    void isNotRunningWhileThePoolIsAwayAndRunsAgainAfterwards() throws Exception {
        launched();
        awaitRecords("of a running device", list -> hasAccepted(list, 1));

        pool.away(true);
        List<MeterRecord> without =
                awaitRecords("without a pool", list -> list.getLast().state() == MiningState.NO_POOL);
        pool.away(false);
        List<MeterRecord> back = awaitRecords(
                "with the pool back",
                list -> list.getLast().state() == MiningState.RUNNING && list.size() > without.size());

        assertContiguous(back);
        assertThat(back)
                .filteredOn(record -> record.state() == MiningState.NO_POOL)
                .allSatisfy(record -> assertThat(record.reason()).contains("127.0.0.1"));
    }

    @Test
    void refusesADirectoryThatAnotherProcessServes() throws Exception {
        launched();
        awaitRecords("at all", list -> !list.isEmpty());
        ProcessRecord owner = directory.process().orElseThrow();

        Process second = launched();

        assertThat(exitCode(second)).isEqualTo(WorkloadExit.LOCKED.code());
        assertThat(directory.process()).contains(owner);
        assertThat(owner.isAlive()).isTrue();
    }

    @Test
    void saysWhatItIsDoingInItsStatus() throws Exception {
        launched();
        awaitRecords(
                "of a running device",
                list -> hasAccepted(list, 1) && list.getLast().state() == MiningState.RUNNING);

        // written apart from the meter's records, and less often
        WorkloadStatus status = awaitStatus(one -> one.counters().hashes() > 0);

        assertThat(status.deviceName()).isNotBlank();
        assertThat(status.pool()).endsWith(":" + pool.port());
        assertThat(status.counters().hashes()).isPositive();
    }

    @Test
    void refusesASpecificationWithoutPools() throws Exception {
        Files.writeString(
                folder.resolve("specification.json"),
                "{\"leaseId\":null,\"pools\":[{\"password\":\"" + PASSWORD + "\"}]}");

        assertThat(exitCode(launched())).isEqualTo(WorkloadExit.SPECIFICATION.code());
        assertThat(output()).hasLineCount(1).doesNotContain(PASSWORD);
    }
}
