package filon.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a program runs that refuses to be root: PostgreSQL is one.
 *
 * <p>An ordinary user needs nothing. Root takes a user namespace, in which it is nobody and its files are still its own; where the
 * kernel grants none, it becomes the user 65534 and gives the files away.
 */
enum Unprivileged {
    ORDINARY_USER(List.of(), ""),
    USER_NAMESPACE(List.of("unshare", "-U"), ""),
    OTHER_USER(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), "-nobody");

    private static final int NOBODY = 65_534;
    private final List<String> prefix;
    private final String suffix;

    Unprivileged(List<String> prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** @throws IOException if this is root and there is no way to be less */
    static Unprivileged here() throws IOException, InterruptedException {
        if (!isRoot()) {
            return ORDINARY_USER;
        }
        if (USER_NAMESPACE.works()) {
            return USER_NAMESPACE;
        }
        if (OTHER_USER.works()) {
            return OTHER_USER;
        }
        throw new IOException(
                "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv --reuid' works here: "
                        + "run as an ordinary user, or allow user namespaces (sysctl user.max_user_namespaces)");
    }

    private static boolean isRoot() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private boolean works() throws InterruptedException {
        try {
            return new ProcessBuilder(command(List.of("true"))).start().waitFor() == 0;
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
        if (this == OTHER_USER) {
            Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        }
    }
}
