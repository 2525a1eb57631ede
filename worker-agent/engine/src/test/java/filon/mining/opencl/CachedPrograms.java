package filon.mining.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Exchanges what a cache of one program holds, for tests of other packages. */
public final class CachedPrograms {
    private CachedPrograms() {}

    /** Puts the binary of one directory's only program in place of that of another's, as if it were its own. */
    public static void replace(Path directory, Path directoryOfBinary) throws IOException {
        byte[] binary = ProgramFormat.binary(key(only(directoryOfBinary)), Files.readAllBytes(only(directoryOfBinary)))
                .orElseThrow();
        Files.write(only(directory), ProgramFormat.file(key(only(directory)), binary));
    }

    private static Path only(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.reduce((_, second) -> {
                        throw new IllegalStateException(directory + " holds " + second + " too");
                    })
                    .orElseThrow();
        }
    }

    private static ProgramKey key(Path file) {
        return new ProgramKey(file.getFileName().toString().substring(0, 2 * ProgramKey.BYTES));
    }
}
