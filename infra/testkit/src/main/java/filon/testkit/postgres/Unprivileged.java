package filon.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a program runs that refuses to be root: PostgreSQL is one.
 *
 * <p>An ordinary user needs nothing. Root takes a user namespace, in which it is nobody and its files are still its own; where the
 * kernel grants none, as in most containers, it becomes the user 65534 and gives the files away. When that user cannot reach the
 * folders, as below {@code /root}, it keeps the one capability that passes closed folders.
 */
enum Unprivileged {
    ORDINARY_USER(List.of(), ""),
    USER_NAMESPACE(List.of("unshare", "-U"), ""),
    OTHER_USER(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"), "-nobody"),
    OTHER_USER_IN_CLOSED_FOLDERS(
            List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=-all,+dac_override"),
            "-nobody");

    private static final int NOBODY = 65_534;
    private final List<String> prefix;
    private final String suffix;

    Unprivileged(List<String> prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** How a way is chosen for a program that works in these folders. */
    @FunctionalInterface
    interface Choice {
        Unprivileged in(Path... folders) throws IOException, InterruptedException;
    }

    /** @throws IOException if this is root and there is no way to be less */
    static Unprivileged here(Path... folders) throws IOException, InterruptedException {
        for (Unprivileged way : values()) {
            if (way.works(folders)) {
                return way;
            }
        }
        throw new IOException(
                "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv --reuid' works here: "
                        + "run as an ordinary user, or allow user namespaces (sysctl user.max_user_namespaces)");
    }

    private static boolean isRoot() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    /** Whether a program that is run so can enter the folders. */
    boolean works(Path... folders) throws IOException, InterruptedException {
        if (isRoot() == (this == ORDINARY_USER)) {
            return false;
        }
        List<String> visit =
                new ArrayList<>(List.of("/bin/sh", "-c", "for folder; do cd \"$folder\" || exit 1; done", "sh"));
        Stream.of(folders).map(Path::toString).forEach(visit::add);
        try {
            Process visitor = new ProcessBuilder(command(visit))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return visitor.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** Part of folder names, because files given away cannot be used by the other ways. */
    String suffix() {
        return suffix;
    }

    /** Lets the program own a file or folder that was made for it. */
    void own(Path path) throws IOException {
        if (this == OTHER_USER || this == OTHER_USER_IN_CLOSED_FOLDERS) {
            Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        }
    }
}
