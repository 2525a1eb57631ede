package filon.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineSerialTest {
    @TempDir
    Path firmware;

    @Test
    void isThatOfTheProduct() throws IOException {
        // Given
        Files.writeString(firmware.resolve("product_serial"), "PF-1234\n");
        Files.writeString(firmware.resolve("board_serial"), "B-9\n");

        // Then
        assertThat(MachineSerial.in(firmware)).contains("PF-1234");
    }

    @Test
    void isThatOfTheBoardWhereTheMakerLeftTheProductOpen() throws IOException {
        // Given
        Files.writeString(firmware.resolve("product_serial"), "To Be Filled By O.E.M.\n");
        Files.writeString(firmware.resolve("board_serial"), "B-9\n");

        // Then
        assertThat(MachineSerial.in(firmware)).contains("B-9");
    }

    @Test
    void isAbsentWhereNothingCanBeRead() {
        assertThat(MachineSerial.in(firmware)).isEmpty();
        assertThat(MachineSerial.in(firmware.resolve("nowhere"))).isEmpty();
    }

    @Test
    void isNoTextThatCannotBePrinted() {
        assertThat(MachineSerial.isSerial("a\u0001b")).isFalse();
        assertThat(MachineSerial.isSerial("x".repeat(65))).isFalse();
        assertThat(MachineSerial.isSerial("PF 12/34")).isTrue();
    }
}
