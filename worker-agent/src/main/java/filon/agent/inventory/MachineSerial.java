package filon.agent.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The serial number that a machine's maker gave it, as its firmware tells (SMBIOS types 1 and 2). */
public final class MachineSerial {
    /** Where Linux shows what the firmware tells; the files are readable by root only on most machines. */
    public static final Path FIRMWARE = Path.of("/sys/class/dmi/id");

    private static final List<String> FILES = List.of("product_serial", "board_serial");
    /** What makers leave in the field when they do not fill it. */
    private static final Set<String> NOBODYS = Set.of(
            "",
            "0",
            "none",
            "n/a",
            "default string",
            "not specified",
            "system serial number",
            "to be filled by o.e.m.");

    private static final int LENGTH_MAX = 64;

    private MachineSerial() {}

    /** @return empty where it cannot be read, or where the maker left it open */
    public static Optional<String> in(Path firmware) {
        return FILES.stream()
                .map(firmware::resolve)
                .flatMap(file -> read(file).stream())
                .filter(MachineSerial::isSerial)
                .findFirst();
    }

    /** Whether it is 1 to 64 printable ASCII characters, and more than a placeholder. */
    public static boolean isSerial(String text) {
        return text.matches("[ -~]{1," + LENGTH_MAX + "}") && !NOBODYS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a person compares the fingerprint instead
        }
    }
}
