package filon.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncarnationTest {
    @TempDir
    Path home;

    @TempDir
    Path emptied;

    @Test
    void risesWithEachLife() throws IOException {
        assertThat(Incarnation.next(home, 1)).isEqualTo(1);
        assertThat(Incarnation.next(home, 1)).isEqualTo(2);
    }

    @Test
    void isAboveAllOfEarlierEnrolmentsEvenInAnEmptyHome() throws IOException {
        // Given
        long before = Incarnation.next(home, 1);

        // When
        long after = Incarnation.next(emptied, 2);

        // Then
        assertThat(after).isGreaterThan(before + 900_000);
        assertThat(Incarnation.next(emptied, 2)).isEqualTo(after + 1);
    }
}
