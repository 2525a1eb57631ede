package filon.practice;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/** The practice pool on the command line; runs until it is stopped. */
public final class PracticePoolMain {
    private static final String HELP = """
            A Stratum V1 pool (sha256d) for development and tests.
              --host ADDRESS     listen on this address (default 127.0.0.1)
              --port N           listen on this port, 0 for any (default 3333)
              --difficulty X     difficulty of its jobs (default 0.002: about 8.6 million hashes per share)
              --job-seconds N    a new job this often, every sixth on a new block, 0 for never (default 30)
              --seed N           the same seed makes the same jobs (default 1)
              --log              print a line per share
            """;

    private static final List<String> NAMES = List.of("--host", "--port", "--difficulty", "--job-seconds", "--seed");
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    private PracticePoolMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            System.out.print(HELP);
            return;
        }
        Map<String, String> given;
        Plan plan;
        PracticeServer.Place place;
        try {
            given = given(words);
            plan = plan(given);
            place = place(given);
        } catch (IllegalArgumentException e) {
            System.err.println("practice pool: " + e.getMessage() + "\n" + HELP);
            System.exit(USAGE);
            return;
        }
        try {
            PracticeServer server =
                    PracticeServer.started(place, plan, Clock.systemUTC(), report(words.contains("--log")));
            System.out.println("practice pool listening on " + server.url());
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(UNAVAILABLE);
            return;
        }
        new CountDownLatch(1).await();
    }

    static Map<String, String> given(List<String> words) {
        Map<String, String> given = new HashMap<>();
        int i = 0;
        while (i < words.size()) {
            String word = words.get(i);
            if (NAMES.contains(word) && i + 1 < words.size()) {
                given.put(word, words.get(i + 1));
                i++;
            } else if (!word.equals("--log")) {
                throw new IllegalArgumentException("argument '" + word + "' is unknown or lacks its value");
            }
            i++;
        }
        return given;
    }

    static PracticeServer.Place place(Map<String, String> given) {
        return new PracticeServer.Place(
                given.getOrDefault("--host", "127.0.0.1"), number(given, "--port", "3333", Integer::parseInt));
    }

    static Plan plan(Map<String, String> given) {
        return Plan.ofSha256d(number(given, "--difficulty", "0.002", Double::parseDouble))
                .withSeed(number(given, "--seed", "1", Long::parseLong))
                .withJobEvery(Duration.ofSeconds(number(given, "--job-seconds", "30", Long::parseLong)));
    }

    private static <T> T number(Map<String, String> given, String name, String other, Function<String, T> parse) {
        String text = given.getOrDefault(name, other);
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " '" + text + "' is no number of its range", e);
        }
    }

    private static Consumer<String> report(boolean on) {
        return on
                ? line -> System.out.println(
                        LocalTime.now(Clock.systemDefaultZone()).truncatedTo(ChronoUnit.MILLIS) + " " + line)
                : line -> {};
    }
}
