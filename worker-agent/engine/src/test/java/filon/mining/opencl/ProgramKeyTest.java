package filon.mining.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramKeyTest {
    private static final Compiler COMPILER = new Compiler("platform", "OpenCL 3.0", "device", "550.1");

    @Test
    void isTheSameForTheSame() {
        assertThat(ProgramKey.of(COMPILER, "source", "options"))
                .isEqualTo(
                        ProgramKey.of(new Compiler("platform", "OpenCL 3.0", "device", "550.1"), "source", "options"));
    }

    @Test
    void differsWhereAnythingDiffers() {
        // When
        Stream<ProgramKey> keys = Stream.of(
                ProgramKey.of(COMPILER, "source", "options"),
                ProgramKey.of(COMPILER, "source ", "options"),
                ProgramKey.of(COMPILER, "source", " options"),
                ProgramKey.of(COMPILER, "sourceoptions", ""),
                ProgramKey.of(new Compiler("platform2", "OpenCL 3.0", "device", "550.1"), "source", "options"),
                ProgramKey.of(new Compiler("platform", "OpenCL 3.1", "device", "550.1"), "source", "options"),
                ProgramKey.of(new Compiler("platform", "OpenCL 3.0", "device2", "550.1"), "source", "options"),
                ProgramKey.of(new Compiler("platform", "OpenCL 3.0", "device", "550.2"), "source", "options"));

        // Then
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatIsNoFileName() {
        assertThatThrownBy(() -> new ProgramKey("../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passwd");
    }
}
