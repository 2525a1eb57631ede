package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.DeviceKind;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.sha256d.OtherSha256d;
import filon.mining.device.Device;
import filon.mining.home.UserPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningStoreTest {
    private static final SearchTuning FOUND = SearchTuning.of("8,32,16");

    @TempDir
    Path directory;

    private final ProofOfWork sha256d = ProofsOfWork.of("sha256d");
    private final ProofOfWork scrypt = ProofsOfWork.of("scrypt");

    private Path file() {
        return directory.resolve("filon").resolve("tuning.json");
    }

    private TuningStore store() {
        return TuningStore.in(file());
    }

    private static Device device(String name, String driver) {
        return new Device(0, "platform", name, "vendor", driver, DeviceKind.GPU, 1, 1, 2, 16, 4096, Optional.empty());
    }

    private static final Device DEVICE = device("a device", "1.0");

    private SearchTuning usual(ProofOfWork algorithm) {
        return algorithm.tuningFor(DEVICE.integerVectorWidth(), DEVICE.workGroupSizeMax());
    }

    private TuningReport report(SearchTuning best, double ratio) {
        PairedRates rates = new PairedRates(List.of(new PairedRates.Pair(1e6, ratio * 1e6)));
        return new TuningReport(
                usual(sha256d), List.of(), 0, Optional.of(new TriedTuning.Measured(best, rates)), Duration.ZERO);
    }

    private void keep(SearchTuning best, double ratio) {
        store().keep(TuningKey.of(DEVICE, sha256d), report(best, ratio));
    }

    @Test
    void givesBackWhatWasKept() {
        keep(FOUND, 1.1);

        TuningChoice choice = store().choice(DEVICE, sha256d);

        assertThat(choice.tuning()).isEqualTo(FOUND);
        assertThat(choice.toString()).isEqualTo("tuning 8,32,16, stored in " + file());
    }

    @Test
    void keepsATuningForEachAlgorithm() {
        keep(FOUND, 1.1);
        store().keep(TuningKey.of(DEVICE, scrypt), report(SearchTuning.of("8,4,2"), 1.2));

        assertThat(store().choice(DEVICE, sha256d).tuning()).isEqualTo(FOUND);
        assertThat(store().choice(DEVICE, scrypt).tuning()).isEqualTo(SearchTuning.of("8,4,2"));
    }

    @Test
    void replacesWhatWasKept() {
        keep(FOUND, 1.1);
        keep(SearchTuning.of("4,16,1"), 1.2);

        assertThat(store().choice(DEVICE, sha256d).tuning()).isEqualTo(SearchTuning.of("4,16,1"));
        assertThat(file()).content().doesNotContain(FOUND.toString());
    }

    @Test
    void forgetsWhatWasKeptWhenTheUsualOneStays() {
        keep(FOUND, 1.1);
        keep(FOUND, 1.01);

        assertThat(store().choice(DEVICE, sha256d).tuning()).isEqualTo(usual(sha256d));
    }

    @Test
    void writesNothingWhereTheUsualOneStays() {
        keep(FOUND, 0.9);

        assertThat(file()).doesNotExist();
    }

    @Test
    void usesNoTuningOfAnotherKernelText() {
        keep(FOUND, 1.1);

        assertThat(store().choice(DEVICE, OtherSha256d.withAComment()).tuning()).isEqualTo(usual(sha256d));
    }

    @Test
    void usesNoTuningOfAnotherDriverOrDevice() {
        keep(FOUND, 1.1);

        assertThat(store().choice(device("a device", "1.1"), sha256d).tuning()).isEqualTo(usual(sha256d));
        assertThat(store().choice(device("another", "1.0"), sha256d).tuning()).isEqualTo(usual(sha256d));
    }

    @Test
    void ignoresATuningThatIsNoCandidateAnyMore() {
        keep(SearchTuning.of("2,2,2"), 1.1);

        TuningChoice choice = store().choice(DEVICE, sha256d);

        assertThat(choice.tuning()).isEqualTo(usual(sha256d));
        assertThat(choice.origin()).contains("2,2,2 is no candidate any more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{\"tunings\": [{\"key\": ",
                "{}",
                "[]",
                "{\"tunings\": 3}",
                "{\"tunings\": [{}]}",
                "{\"tunings\": [null]}"
            })
    void ignoresADamagedFileWithOneLineAndMakesItAnew(String damaged) throws IOException {
        // Given
        Files.createDirectories(file().getParent());
        Files.writeString(file(), damaged);

        // When
        TuningChoice choice = store().choice(DEVICE, sha256d);
        keep(FOUND, 1.1);

        // Then
        assertThat(choice.tuning()).isEqualTo(usual(sha256d));
        assertThat(choice.toString()).contains(file() + " is not used: ").hasLineCount(1);
        assertThat(store().choice(DEVICE, sha256d).tuning()).isEqualTo(FOUND);
    }

    @Test
    void makesADamagedFileAnewWhereTheUsualOneStaysToo() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{");

        keep(FOUND, 0.9);

        assertThat(store().choice(DEVICE, sha256d).origin()).isEqualTo("the usual one");
    }

    @Test
    void ignoresAStoredTuningThatIsNone() throws IOException {
        keep(FOUND, 1.1);
        Files.writeString(file(), Files.readString(file()).replace("8,32,16", "8,33"));

        assertThat(store().choice(DEVICE, sha256d).origin()).contains("is not used: tuning 8,33");
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() throws IOException {
        keep(FOUND, 1.1);
        Files.writeString(file(), Files.readString(file()).replace("\"gain\"", "\"found\" : \"2030-01-01\", \"gain\""));

        assertThat(store().choice(DEVICE, sha256d).tuning()).isEqualTo(FOUND);
    }

    @Test
    void leavesNoDraftBehind() throws IOException {
        keep(FOUND, 1.1);

        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Files.writeString(directory.resolve("filon"), "no directory");

        assertThatThrownBy(() -> keep(FOUND, 1.1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file().toString());
    }

    @Test
    void liesWhereThePropertySaysElseWithTheConfiguration() {
        assertThat(TuningStore.path(new UserPlace("off", "/config", "/home/me")))
                .isEmpty();
        assertThat(TuningStore.path(new UserPlace("/a/file.json", "/config", "/home/me")))
                .contains(Path.of("/a/file.json"));
        assertThat(TuningStore.path(new UserPlace("", "/config", "/home/me")))
                .contains(Path.of("/config/filon/tuning.json"));
        assertThat(TuningStore.path(new UserPlace("", "relative", "/home/me")))
                .contains(Path.of("/home/me/.config/filon/tuning.json"));
        assertThat(TuningStore.path(new UserPlace("", "", ""))).isEmpty();
    }

    @Test
    void isOffInTests() {
        assertThat(TuningStore.configured().isOff()).isTrue();
    }
}
