package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.Swizzles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kernel on Oclgrind, which watches each access to memory: with the profile {@code heavy} only. Fails, and is meant to,
 * where it is not installed (Debian: {@code oclgrind}, with the ICD loader {@code ocl-icd-libopencl1}).
 */
@Tag("heavy")
class SimulatedDeviceTest {
    /**
     * Without optimization, so that what the source says is what is watched; Oclgrind 21.10 also lacks the rotations and the
     * prefetches that its compiler makes.
     */
    private static final String BUILD_OPTIONS = "-cl-opt-disable -D__builtin_prefetch(address)=";

    private static final Map<String, String> WITHOUT_UNDEFINED_VALUES = Map.of(
            "OCLGRIND_DATA_RACES", "1",
            "OCLGRIND_UNIFORM_WRITES", "1",
            "OCLGRIND_NUM_THREADS", "1",
            "OCLGRIND_CHECK_API", "1",
            "OCLGRIND_BUILD_OPTIONS", BUILD_OPTIONS);

    private static final long MINUTES_MAX = 10;

    @TempDir
    private Path directory;

    private record Run(String output, String findings) {}

    @ParameterizedTest
    @CsvSource({
        "sha256d,'1,16,1',40,21",
        "sha256d,'4,16,2',560,281",
        "sha256d,'16,16,2',300,151",
        "scrypt,'1,16,1',3,2",
        "scrypt,'4,1,2',3,2",
        "scrypt spelled out,'16,1,1',5,3",
        "ethash,'1,16,1',20,11",
        "ethash,'1,64,1',20,11",
        "ethash,'8,16,1',140,71",
        "ethash,'16,1,4',70,36",
        "etchash,'1,16,1',20,11",
        "kawpow,'1,16,1',20,11",
        "kawpow,'1,64,1',20,11",
        "kawpow spelled out,'16,1,1',18,10",
        "autolykos2,'1,16,1',40,21",
        "autolykos2,'8,1,2',40,21",
        "blake3,'1,16,2',40,21",
        "blake3,'16,16,1',300,151",
        "kheavyhash,'1,16,2',40,21",
        "kheavyhash,'16,16,1',64,33"
    })
    void findsAllHitsWithoutAnAccessOutsideARaceOrAnUndefinedValue(
            String algorithm, String tuning, int nonces, int hits) throws Exception {
        // When
        Run run = simulated(Map.of("OCLGRIND_UNINITIALIZED", "1"), algorithm, tuning, Integer.toString(nonces));

        // Then
        assertThat(run.findings).isEmpty();
        assertThat(run.output).isEqualTo(hits + " of " + hits + " hits, 0 wrong\n");
    }

    /** Undefined values are looked for above, with parts of vectors {@linkplain Swizzles spelled out}. */
    @ParameterizedTest
    @CsvSource({"scrypt,'16,1,1',5,3", "kawpow,'16,1,1',18,10"})
    void findsAllHitsWithoutAnAccessOutsideOrARaceWhereItCannotFollowVectors(
            String algorithm, String tuning, int nonces, int hits) throws Exception {
        // When
        Run run = simulated(Map.of(), algorithm, tuning, Integer.toString(nonces));

        // Then
        assertThat(run.findings).isEmpty();
        assertThat(run.output).isEqualTo(hits + " of " + hits + " hits, 0 wrong\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "report(hits, offset + place) ~ hits[HITS_OFFSETS + HIT_CAPACITY] = place ~ Invalid write",
                "row[i] * numbers[i]       ~ row[i] * numbers[2 * i]                  ~ Invalid read",
                "report(hits, offset + place) ~ hits[HITS_COUNT]++                     ~ data race",
                "for (int i = 0; i < 25; i++) ~ for (int i = 1; i < 25; i++)          ~ uninitialized value"
            })
    void noticesAFaultThatIsPlanted(String right, String wrong, String finding) throws Exception {
        // When
        Run run = simulated(Map.of("OCLGRIND_UNINITIALIZED", "1"), "kheavyhash", "1,16,1", "16", right, wrong);

        // Then
        assertThat(run.findings).containsIgnoringCase(finding);
    }

    private Run simulated(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        Path findings = directory.resolve("findings");
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatedSearchMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(WITHOUT_UNDEFINED_VALUES);
        builder.environment().putAll(more);
        builder.environment().put("OCLGRIND_LOG", findings.toString());
        builder.environment().put("OCL_ICD_VENDORS", driver().toString());
        Process process = builder.start();
        boolean hasEnded = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(hasEnded).as("ends within %d minutes", MINUTES_MAX).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(findings).as(text).exists();
        return new Run(text, Files.readString(findings, StandardCharsets.UTF_8));
    }

    /** The OpenCL driver that belongs to the command {@code oclgrind}. */
    private static Path driver() throws IOException {
        Path command = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "oclgrind"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("oclgrind is not on the PATH; install the Debian package oclgrind"));
        return command.toRealPath()
                .resolve("../../lib/oclgrind/liboclgrind-rt-icd.so")
                .normalize();
    }
}
