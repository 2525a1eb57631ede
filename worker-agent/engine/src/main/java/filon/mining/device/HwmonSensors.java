package filon.mining.device;

import filon.contracts.value.DeviceSensors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Sensors behind a PCI id as Linux shows them (amdgpu, i915, xe). Under hwmon: {@code temp1_input} in thousandths of a degree,
 * {@code power1_average} or {@code power1_input} in microwatt, {@code fan1_input} and {@code fan1_max} in turns a minute,
 * {@code freq1_input} (cores) and {@code freq2_input} (memory) in hertz. Beside it, {@code ras/umc_err_count} with the memory's
 * uncorrected errors in its line {@code ue}.
 *
 * <p>Source: Linux kernel documentation, "GPU Driver: amdgpu, GPU Power/Thermal Controls and Monitoring" and "RAS support".
 */
final class HwmonSensors implements Sensors {
    private static final Path DEVICES = Path.of("/sys/bus/pci/devices");
    private static final long HERTZ_PER_MEGAHERTZ = 1_000_000;
    /** What no sensor means: a broken one must not break its reader. */
    private static final long ABSURD = 1L << 40;

    private static final int FAN_PERCENT_MAX = 1_000;
    private final Path hwmon;
    private final Path memoryErrors;

    HwmonSensors(Path device, Path hwmon) {
        this.hwmon = hwmon;
        this.memoryErrors = device.resolve("ras").resolve("umc_err_count");
    }

    static Sensors of(String pciId) {
        return in(DEVICES.resolve(pciId));
    }

    /** @param device the folder of the device; without hwmon it has no sensors */
    static Sensors in(Path device) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(device.resolve("hwmon"), "hwmon*")) {
            for (Path folder : folders) {
                return new HwmonSensors(device, folder);
            }
            return () -> Readings.NONE;
        } catch (IOException absent) {
            return () -> Readings.NONE;
        }
    }

    @Override
    public Readings read() {
        Optional<Long> microwatt = number("power1_average").or(() -> number("power1_input"));
        DeviceSensors sensors = new DeviceSensors(
                fanPercent().orElse(null),
                megahertz("freq1_input").orElse(null),
                megahertz("freq2_input").orElse(null),
                eccErrors().orElse(null),
                null);
        return new Readings(
                number("temp1_input")
                        .map(thousandths -> OptionalInt.of(Math.toIntExact(thousandths / 1000)))
                        .orElseGet(OptionalInt::empty),
                microwatt.map(value -> OptionalLong.of(value / 1000)).orElseGet(OptionalLong::empty),
                sensors.ifAny());
    }

    private Optional<Integer> fanPercent() {
        Optional<Long> most = number("fan1_max").filter(turns -> turns > 0);
        return number("fan1_input")
                .flatMap(turns -> most.map(max -> 100 * turns / max))
                .filter(percent -> percent <= FAN_PERCENT_MAX)
                .map(Math::toIntExact);
    }

    private Optional<Integer> megahertz(String file) {
        return number(file).map(hertz -> Math.toIntExact(hertz / HERTZ_PER_MEGAHERTZ));
    }

    private Optional<Long> eccErrors() {
        try {
            return Files.readAllLines(memoryErrors).stream()
                    .filter(line -> line.startsWith("ue:"))
                    .map(line -> Long.parseLong(line.substring("ue:".length()).strip()))
                    .findFirst();
        } catch (IOException | NumberFormatException absent) {
            return Optional.empty();
        }
    }

    private Optional<Long> number(String file) {
        try {
            return Optional.of(
                            Long.parseLong(Files.readString(hwmon.resolve(file)).strip()))
                    .filter(value -> Math.abs(value) < ABSURD);
        } catch (IOException | NumberFormatException absent) {
            return Optional.empty();
        }
    }
}
