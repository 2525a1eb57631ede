package filon.practice;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Quirk;
import filon.practice.fault.FaultName;
import filon.practice.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a command line asks for. */
final class Options {
    private static final List<String> VALUED = List.of(
            "--algorithm",
            "--dialect",
            "--host",
            "--port",
            "--difficulty",
            "--job-seconds",
            "--seed",
            "--height",
            "--faults",
            "--quirks",
            "--tls-name");
    private static final List<String> FLAGS = List.of("--tls", "--log", "--help", "-h");
    private static final String DEFAULT_PORT = "3333";
    private static final int PORTS_MAX = 65_535;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    /** @throws IllegalArgumentException naming what is unknown */
    Options(List<String> words) {
        int i = 0;
        while (i < words.size()) {
            String word = words.get(i);
            if (FLAGS.contains(word)) {
                flags.add(word);
            } else if (VALUED.contains(word) && i + 1 < words.size()) {
                values.put(word, words.get(i + 1));
                i++;
            } else {
                throw new IllegalArgumentException("argument '" + word + "' is unknown or lacks its value");
            }
            i++;
        }
    }

    boolean wantsHelp() {
        return flags.contains("--help") || flags.contains("-h");
    }

    boolean wantsLog() {
        return flags.contains("--log");
    }

    boolean wantsTls() {
        return flags.contains("--tls") || values.containsKey("--tls-name");
    }

    String host() {
        return values.getOrDefault("--host", "127.0.0.1");
    }

    /** Whom the certificate is for. */
    String tlsName() {
        return values.getOrDefault("--tls-name", host());
    }

    /** The port of the pool of this number; 0 for any. */
    int port(int number) {
        int first = number("--port", DEFAULT_PORT, Integer::parseInt);
        if (first < 0 || first + number > PORTS_MAX) {
            throw new IllegalArgumentException("--port " + first + " leaves no port for every dialect");
        }
        return first == 0 ? 0 : first + number;
    }

    /** One for each pool that is wanted. */
    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (Dialect dialect : dialects()) {
            plans.add(plan(algorithm(dialect), dialect));
        }
        return List.copyOf(plans);
    }

    private List<Dialect> dialects() {
        String wanted = values.getOrDefault("--dialect", "");
        if (wanted.equals("all")) {
            return Stream.of(Dialect.values())
                    .filter(dialect -> !values.containsKey("--algorithm")
                            || dialect.speaks(ProofsOfWork.of(values.get("--algorithm"))))
                    .toList();
        }
        if (!wanted.isEmpty()) {
            return List.of(Dialect.of(wanted));
        }
        return List.of(Dialect.of(
                ProofsOfWork.of(values.getOrDefault("--algorithm", "sha256d")).protocol()));
    }

    private ProofOfWork algorithm(Dialect dialect) {
        return ProofsOfWork.of(values.getOrDefault("--algorithm", usual(dialect.protocol())));
    }

    private static String usual(PoolProtocol protocol) {
        return switch (protocol) {
            case STRATUM -> "sha256d";
            case ETHEREUM -> "ethash";
            case PROGPOW -> "kawpow";
            case ERGO -> "autolykos2";
            case ALEPHIUM -> "blake3";
            case KASPA -> "kheavyhash";
        };
    }

    /** A share every few seconds on a few cores. */
    private static String difficulty(ProofOfWork algorithm) {
        return switch (algorithm.name()) {
            case "scrypt" -> "1";
            case "ethash", "etchash" -> "0.00005";
            case "kawpow" -> "0.00001";
            case "autolykos2" -> "0.0001";
            case "kheavyhash" -> "0.001";
            default -> "0.002";
        };
    }

    private Plan plan(ProofOfWork algorithm, Dialect dialect) {
        Plan plan = Plan.of(algorithm, dialect, number("--difficulty", difficulty(algorithm), Double::parseDouble))
                .withSeed(number("--seed", "1", Long::parseLong))
                .withJobEvery(Duration.ofSeconds(number("--job-seconds", "30", Long::parseLong)))
                .with(faults())
                .with(quirks());
        return values.containsKey("--height") ? plan.withHeight(number("--height", "", Long::parseLong)) : plan;
    }

    private FaultScript faults() {
        String wanted = values.getOrDefault("--faults", "");
        if (wanted.equals("random")) {
            return FaultScript.random(number("--seed", "1", Long::parseLong));
        }
        return wanted.isEmpty() ? FaultScript.NONE : FaultScript.of(wanted);
    }

    private Quirk[] quirks() {
        String wanted = values.getOrDefault("--quirks", "");
        return wanted.isEmpty()
                ? new Quirk[0]
                : Stream.of(wanted.split(",", -1)).map(Quirk::of).toArray(Quirk[]::new);
    }

    private <T> T number(String name, String usual, Function<String, T> parse) {
        String text = values.getOrDefault(name, usual);
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " '" + text + "' is no number of its range", e);
        }
    }

    static String help() {
        String algorithms = ProofsOfWork.all().stream().map(ProofOfWork::name).collect(Collectors.joining(", "));
        String dialects = Arrays.stream(Dialect.values()).map(Dialect::text).collect(Collectors.joining(", "));
        String quirks = Arrays.stream(Quirk.values())
                .map(quirk -> String.format("  %-21s %s%n", quirk.text(), quirk.help()))
                .collect(Collectors.joining());
        String faults = Arrays.stream(FaultName.values())
                .map(fault -> String.format(
                        "  %-21s %s%s%n",
                        fault.text(), fault.help(), fault.usual().isEmpty() ? "" : " (" + fault.usual() + ")"))
                .collect(Collectors.joining());
        return """
                A pool to practise with: it sends jobs, hashes every share again, and misbehaves when it is told to.
                  --algorithm NAME      %s
                                        (default: sha256d, or the dialect's)
                  --dialect NAME        %s,
                                        or all: a port for each, from --port on (default: the algorithm's first)
                  --host ADDRESS        listen on this address (default 127.0.0.1)
                  --port N              listen on this port, 0 for any (default 3333)
                  --difficulty X        difficulty of its jobs (default: a share every few seconds on a few cores)
                  --job-seconds N       a new job this often, every sixth on a new block, 0 for never (default 30)
                  --height N            of the first block: it decides how large the tables are
                  --seed N              the same seed makes the same jobs and the same random faults (default 1)
                  --quirks LIST         oddities of real pools, see below
                  --faults SCRIPT       what goes wrong when, see below; or random
                  --tls                 with a certificate made now, whose fingerprint is printed
                  --tls-name NAME       --tls with a certificate for this name (default: that of --host)
                  --log                 print a line per share, connection and fault

                Quirks, with commas between:
                %s
                Faults, with commas between: NAME@START[+DURATION][:VALUE], the start a time such as 10s, 500ms or 2m after the start
                of the pool, or a count such as 40lines of what it said; for example
                --faults silence@10s+5s,disconnect@30s,clean-storm@40s+2s:200
                %s""".formatted(algorithms, dialects, quirks, faults);
    }
}
