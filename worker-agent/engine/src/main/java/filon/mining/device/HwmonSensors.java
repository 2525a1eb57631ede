package filon.mining.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Sensors behind a PCI id as Linux shows them under hwmon (amdgpu, i915, xe): {@code temp1_input} in thousandths of a
 * degree, {@code power1_average} or {@code power1_input} in microwatt.
 */
final class HwmonSensors implements Sensors {
    private final Path folder;

    HwmonSensors(Path folder) {
        this.folder = folder;
    }

    static Sensors of(String pciId) {
        Path parent = Path.of("/sys/bus/pci/devices", pciId, "hwmon");
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "hwmon*")) {
            for (Path folder : folders) {
                return new HwmonSensors(folder);
            }
            return () -> Readings.NONE;
        } catch (IOException absent) {
            return () -> Readings.NONE;
        }
    }

    @Override
    public Readings read() {
        OptionalLong millidegrees = number("temp1_input");
        OptionalLong microwatt = number("power1_average");
        if (microwatt.isEmpty()) {
            microwatt = number("power1_input");
        }
        return new Readings(
                millidegrees.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) (millidegrees.getAsLong() / 1000)),
                microwatt.isEmpty() ? OptionalLong.empty() : OptionalLong.of(microwatt.getAsLong() / 1000));
    }

    private OptionalLong number(String file) {
        try {
            return OptionalLong.of(
                    Long.parseLong(Files.readString(folder.resolve(file)).strip()));
        } catch (IOException | NumberFormatException absent) {
            return OptionalLong.empty();
        }
    }
}
