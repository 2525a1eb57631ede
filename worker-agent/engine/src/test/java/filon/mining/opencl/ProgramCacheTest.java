package filon.mining.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.home.UserPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails, and is meant to, where there is no OpenCL platform. */
class ProgramCacheTest {
    private static final String SOURCE = """
            kernel void walk(global uint *out, uint start) {
                uint place = get_global_id(0);
                uint state = start ^ place;
                for (uint step = 0; step <= place; step++) {
                    state = state * FACTOR + 1013904223u;
                }
                out[place] = state;
            }
            """;
    private static final String OPTIONS = "-D FACTOR=1664525u";
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private static final int ITEMS = 256;
    private static final int GROUP = 16;
    private static final long AMPLE = 64 << 20;

    @TempDir
    private Path temporary;

    private Path directory;
    private OpenClDevice device;

    @BeforeEach
    void takeTheFirstDevice() {
        directory = temporary.resolve("filon");
        device = OpenCl.devices().getFirst();
    }

    /** As another process would open it. */
    private ProgramCache cache() {
        return new ProgramCache(directory, AMPLE, NOON);
    }

    private ProgramKey key() {
        return ProgramKey.of(device.compiler(), SOURCE, OPTIONS);
    }

    private Path file() {
        return directory.resolve(key().digits() + ".program");
    }

    private byte[] built(ProgramCache cache) {
        return built(cache, OPTIONS);
    }

    /** What the built kernel computes. */
    private byte[] built(ProgramCache cache, String options) {
        try (OpenClContext context = device.open(cache);
                OpenClProgram program = context.build(SOURCE, options);
                OpenClKernel walk = program.kernel("walk");
                OpenClMemory out = context.memory(ITEMS * Integer.BYTES)) {
            walk.setMemory(0, out);
            walk.setWord(1, 42);
            try (OpenClEvent event = walk.launch(ITEMS, GROUP)) {
                event.await();
            }
            return out.read(0, ITEMS * Integer.BYTES);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void assertCounts(ProgramCache cache, long hits, long misses, long passedOver) {
        assertThat(List.of(cache.hits(), cache.misses(), cache.passedOver()))
                .as("hits, misses, passed over")
                .containsExactly(hits, misses, passedOver);
    }

    @Test
    void computesTheSameFromTheCacheAsFreshlyCompiled() {
        // Given
        byte[] compiled = built(ProgramCache.off());
        built(cache());
        ProgramCache second = cache();

        // When
        byte[] restored = built(second);

        // Then
        assertThat(restored).isEqualTo(compiled);
        assertCounts(second, 1, 0, 0);
    }

    @Test
    void compilesAnEqualSourceOnce() {
        // Given
        ProgramCache cache = cache();

        // When
        for (int build = 0; build < 3; build++) {
            built(cache);
        }

        // Then
        assertCounts(cache, 2, 1, 0);
    }

    @Test
    void compilesAnewForOtherOptions() throws IOException {
        // Given
        ProgramCache cache = cache();
        byte[] one = built(cache);

        // When
        byte[] other = built(cache, "-D FACTOR=22695477u");

        // Then
        assertThat(other).isNotEqualTo(one);
        assertCounts(cache, 0, 2, 0);
        assertThat(files()).hasSize(2);
    }

    @Test
    void keepsFilesFromOthers() throws IOException {
        // When
        built(cache());

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(files()).containsExactly(file());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void compilesAgainWhereAnyOneByteIsDamaged() throws IOException {
        // Given
        byte[] right = built(cache());
        byte[] intact = Files.readAllBytes(file());
        long seed = new SplittableRandom().nextLong();
        int inTheBinary = new SplittableRandom(seed).nextInt(ProgramFormat.HEADER_BYTES, intact.length);

        for (int place : new int[] {0, 11, 12, 51, 52, 84, inTheBinary, intact.length - 1}) {
            byte[] damaged = intact.clone();
            damaged[place] ^= 0x10;
            Files.write(file(), damaged);
            ProgramCache cache = cache();

            // When
            byte[] computed = built(cache);

            // Then
            assertThat(computed).as("byte %d, seed %d", place, seed).isEqualTo(right);
            assertCounts(cache, 0, 1, 1);
            assertIntact();
        }
    }

    @Test
    void compilesAgainWhereTheFileIsTruncated() throws IOException {
        // Given
        byte[] right = built(cache());
        byte[] intact = Files.readAllBytes(file());

        for (int length : new int[] {0, 40, ProgramFormat.HEADER_BYTES, intact.length / 2, intact.length - 1}) {
            Files.write(file(), Arrays.copyOf(intact, length));
            ProgramCache cache = cache();

            // When
            byte[] computed = built(cache);

            // Then
            assertThat(computed).as("%d bytes", length).isEqualTo(right);
            assertCounts(cache, 0, 1, 1);
            assertIntact();
        }
    }

    private void assertIntact() throws IOException {
        assertThat(ProgramFormat.binary(key(), Files.readAllBytes(file()))).isPresent();
    }

    @Test
    void compilesAgainWhatTheDriverRefuses() throws IOException {
        // Given
        byte[] right = built(cache());
        byte[] garbage = new byte[5_000];
        new SplittableRandom(1).nextBytes(garbage);
        new ProgramFolder(directory, AMPLE, NOON).write(key(), garbage);
        ProgramCache cache = cache();

        // When
        byte[] computed = built(cache);

        // Then
        assertThat(computed).isEqualTo(right);
        assertCounts(cache, 0, 1, 1);
        assertThat(Files.size(file())).isNotEqualTo(ProgramFormat.HEADER_BYTES + 5_000L);
    }

    @Test
    void doesNotHandOutAgainWhatAProcessDiedOf() throws IOException {
        // Given
        built(cache());
        try (ProgramFile ofAProcessThatDied = new ProgramFile(file())) {
            ofAProcessThatDied.lend();
        }
        ProgramCache cache = cache();

        // When
        built(cache);

        // Then
        assertCounts(cache, 0, 1, 1);
    }

    @Test
    void usesWhatAnotherIsTryingJustNow() throws IOException {
        // Given
        built(cache());
        ProgramCache cache = cache();
        try (ProgramFile ofAnother = new ProgramFile(file())) {
            ofAnother.lend();

            // When
            built(cache);
        }

        // Then
        assertCounts(cache, 1, 0, 0);
    }

    @Test
    void isUsedByManyThreadsAtATime() throws Exception {
        // Given
        byte[] right = built(ProgramCache.off());
        ProgramCache cache = cache();
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<byte[]> build = () -> {
            start.await();
            return built(cache);
        };

        // When
        List<Future<byte[]>> computed;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            computed = pool.invokeAll(List.of(build, build, build, build));
        }

        // Then
        assertThat(computed).allSatisfy(one -> assertThat(one.resultNow()).isEqualTo(right));
        assertThat(cache.hits() + cache.misses()).isEqualTo(threads);
        assertThat(files()).containsExactly(file());
        assertIntact();
    }

    @Test
    void marksWhatItRestoresAsUsedNow() throws IOException {
        // Given
        built(cache());
        Files.setLastModifiedTime(file(), FileTime.from(Instant.EPOCH));

        // When
        built(cache());

        // Then
        assertThat(Files.getLastModifiedTime(file())).isEqualTo(FileTime.from(NOON.instant()));
    }

    @Test
    void buildsWhereTheDirectoryCannotBeMade() throws IOException {
        // Given
        byte[] right = built(ProgramCache.off());
        Files.writeString(directory, "a file where the directory would be");
        ProgramCache cache = cache();

        // When
        byte[] computed = built(cache);

        // Then
        assertThat(computed).isEqualTo(right);
        assertThat(cache.misses()).isEqualTo(1);
        assertThat(cache.passedOver()).isPositive();
    }

    @Test
    void buildsWhereAFileCanBeNeitherReadNorReplaced() throws IOException {
        // Given
        Files.createDirectories(file().resolve("something"));
        ProgramCache cache = cache();

        // When
        byte[] computed = built(cache);

        // Then
        assertThat(computed).isEqualTo(built(ProgramCache.off()));
        assertThat(cache.misses()).isEqualTo(1);
        assertThat(files()).containsExactly(file());
    }

    @Test
    void doesNotRunWhatOthersMayHaveWritten() throws IOException {
        // Given
        built(cache());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        ProgramCache cache = cache();

        // When
        built(cache);

        // Then
        assertThat(cache.hits()).isZero();
        assertThat(cache.misses()).isEqualTo(1);
    }

    @Test
    void writesNothingWhenOff() {
        // Given
        ProgramCache off = ProgramCache.off();

        // When
        built(off);
        built(off);

        // Then
        assertCounts(off, 0, 2, 0);
        assertThat(directory).doesNotExist();
    }

    @Test
    void compilesAgainWhatIsDistrusted() throws IOException {
        // Given
        built(cache());
        ProgramCache cache = cache();
        built(cache);

        // When
        cache.distrust();

        // Then
        assertThat(files()).isEmpty();
    }

    @Test
    void distrustsAProgramThatLacksAKernel() throws IOException {
        // Given
        built(cache());
        try (OpenClContext context = device.open(cache());
                OpenClProgram program = context.build(SOURCE, OPTIONS)) {
            // When
            assertThatThrownBy(() -> program.kernel("absent"))
                    .isInstanceOf(OpenClException.class)
                    .hasMessageContaining("absent");
        }

        // Then
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfASourceThatDoesNotCompile() {
        // Given
        ProgramCache cache = cache();
        try (OpenClContext context = device.open(cache)) {
            // When
            assertThatThrownBy(() -> context.build("kernel void broken(", ""))
                    .isInstanceOf(OpenClException.class)
                    .hasMessageContaining("3 times");
        }

        // Then
        assertCounts(cache, 0, 0, 0);
        assertThat(directory).doesNotExist();
    }

    @Test
    void liesWhereItIsToldOrElseInTheUsersCache() {
        assertThat(ProgramCache.directory(new UserPlace("/given", "/caches", "/home/one")))
                .contains(Path.of("/given"));
        assertThat(ProgramCache.directory(new UserPlace("", "/caches", "/home/one")))
                .contains(Path.of("/caches/filon"));
        assertThat(ProgramCache.directory(new UserPlace("", "", "/home/one")))
                .contains(Path.of("/home/one/.cache/filon"));
        assertThat(ProgramCache.directory(new UserPlace("", "relative", "/home/one")))
                .contains(Path.of("/home/one/.cache/filon"));
    }

    @Test
    void isOffWhereItIsToldAndWhereThereIsNoHome() {
        assertThat(ProgramCache.directory(new UserPlace("off", "/caches", "/home/one")))
                .isEmpty();
        assertThat(ProgramCache.directory(new UserPlace("", "", "?"))).isEmpty();
        assertThat(ProgramCache.directory(new UserPlace("", "", "/\0"))).isEmpty();
    }
}
