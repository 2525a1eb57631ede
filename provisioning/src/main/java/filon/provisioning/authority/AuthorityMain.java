package filon.provisioning.authority;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the authority's files before anything else starts: the brokers need theirs first.
 *
 * <p>{@code --directory DIR [--name NAME]...}, each name a DNS name or an address that servers are reached under (default: 127.0.0.1
 * and localhost). Prints one line for each thing it made; running it again makes nothing. Does not start Quarkus.
 */
public final class AuthorityMain {
    private static final int USAGE = 64;
    private static final int CANNOT_WRITE = 74;

    private AuthorityMain() {}

    public static void main(String[] arguments) {
        int status = run(List.of(arguments));
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> arguments) {
        Path directory = null;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            boolean isKnown = option.equals("--directory") || option.equals("--name");
            if (!isKnown || i + 1 == arguments.size()) {
                System.err.println("usage: --directory DIR [--name NAME]..., not: " + String.join(" ", arguments));
                return USAGE;
            }
            if (option.equals("--name")) {
                names.add(arguments.get(i + 1));
            } else {
                directory = Path.of(arguments.get(i + 1));
            }
        }
        if (directory == null) {
            System.err.println("--directory is missing: where the authority's files are to be");
            return USAGE;
        }
        return complete(directory, names.isEmpty() ? AuthorityDirectory.LOCAL_NAMES : names);
    }

    private static int complete(Path directory, List<String> names) {
        try {
            AuthorityDirectory.complete(directory, names, Clock.systemUTC()).forEach(System.out::println);
            return 0;
        } catch (IOException e) {
            System.err.println("the authority's files cannot be made: " + e.getMessage());
            return CANNOT_WRITE;
        }
    }
}
