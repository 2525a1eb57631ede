package filon.mining.device;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.DeviceSensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HwmonSensorsTest {
    @TempDir
    private Path device;

    private void put(String file, String content) throws IOException {
        Path path = device.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content + "\n");
    }

    @Test
    void readsWhatAnAmdCardOffers() throws IOException {
        // Given
        put("hwmon/hwmon4/temp1_input", "63500");
        put("hwmon/hwmon4/power1_average", "187000000");
        put("hwmon/hwmon4/fan1_input", "1650");
        put("hwmon/hwmon4/fan1_max", "3300");
        put("hwmon/hwmon4/freq1_input", "2105000000");
        put("hwmon/hwmon4/freq2_input", "1000000000");
        put("ras/umc_err_count", "ue: 2\nce: 17");

        // When
        Readings readings = HwmonSensors.in(device).read();

        // Then
        assertThat(readings.temperatureCelsius()).hasValue(63);
        assertThat(readings.powerMilliwatt()).hasValue(187_000);
        assertThat(readings.sensors()).contains(new DeviceSensors(50, 2_105, 1_000, 2L, null));
    }

    @Test
    void inventsNothingThatACardDoesNotOffer() throws IOException {
        // Given
        put("hwmon/hwmon0/temp1_input", "40000");

        // When
        Readings readings = HwmonSensors.in(device).read();

        // Then
        assertThat(readings.powerMilliwatt()).isEmpty();
        assertThat(readings.sensors()).isEqualTo(Optional.empty());
    }

    @Test
    void takesNoNonsenseFromABrokenSensor() throws IOException {
        // Given
        put("hwmon/hwmon0/temp1_input", "n/a");
        put("hwmon/hwmon0/fan1_input", "9000000000");
        put("hwmon/hwmon0/fan1_max", "1");
        put("hwmon/hwmon0/freq1_input", "18446744073709551615");
        put("hwmon/hwmon0/freq2_input", "9223372036854775807");
        put("ras/umc_err_count", "ue: many");

        // When
        Readings readings = HwmonSensors.in(device).read();

        // Then
        assertThat(readings).isEqualTo(Readings.NONE);
    }

    @Test
    void isEmptyForADeviceWithoutHwmon() {
        assertThat(HwmonSensors.in(device).read()).isEqualTo(Readings.NONE);
    }
}
