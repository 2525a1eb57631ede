package filon.practice.fault;

import filon.practice.name.TypedName;
import java.time.Duration;
import java.util.function.Function;

/** What faults are called on a command line, and what may follow the colon. */
public enum FaultName implements TypedName {
    DELAY("300ms", "everything is said this much later", value -> new Fault.Delay(Durations.of(value))),
    DISCONNECT(
            "reset", "every connection ends, by reset or finish; new ones too while it lasts", FaultName::disconnect),
    SILENCE("", "reads, ignores, says nothing (half open)", _ -> new Fault.Silence()),
    STOP_READING("", "does not take what is said off the wire", _ -> new Fault.StopReading()),
    GARBAGE("1", "so many lines that are no message", value -> new Fault.Garbage(number(value))),
    HUGE_LINE("1000000", "a line of so many bytes", value -> new Fault.HugeLine(Long.parseLong(value))),
    DRIP("2ms", "byte by byte with this pause between", value -> new Fault.Drip(Durations.of(value))),
    WRONG_IDS("", "replies have ids that nobody asked with", _ -> new Fault.WrongIds()),
    REORDER("3", "so many messages at a time in another order", value -> new Fault.Reorder(number(value))),
    DIFFICULTY_STORM("50", "so many changes of difficulty", value -> new Fault.DifficultyStorm(number(value))),
    EXTRANONCE(
            "1", "so many changes of extranonce, each with a job", value -> new Fault.ExtranonceChange(number(value))),
    CLEAN_STORM("100", "so many clean jobs", value -> new Fault.CleanStorm(number(value))),
    RECONNECT("itself", "tells every miner to connect to HOST:PORT, or to this pool itself", FaultName::reconnect),
    REJECT_ALL("", "refuses what is right", _ -> new Fault.RejectAll()),
    NO_VERDICTS("", "judges shares and never answers them", _ -> new Fault.NoVerdicts()),
    ANSWER_TWICE("", "says every reply twice", _ -> new Fault.AnswerTwice());

    private final String usual;
    private final String help;
    private final Function<String, Fault> maker;

    FaultName(String usual, String help, Function<String, Fault> maker) {
        this.usual = usual;
        this.help = help;
        this.maker = maker;
    }

    /** @throws IllegalArgumentException naming those that there are */
    public static FaultName of(String text) {
        return TypedName.of("fault", text, values());
    }

    /** What it does, for people. */
    public String help() {
        return help;
    }

    /** What stands for the value that is left out; empty where there is none. */
    public String usual() {
        return usual;
    }

    /**
     * @param value as it follows the colon, or empty for the usual one
     * @throws IllegalArgumentException if the value is none for this fault
     */
    public Fault fault(String value) {
        if (usual.isEmpty() && !value.isEmpty()) {
            throw new IllegalArgumentException(text() + " takes no value, got '" + value + "'");
        }
        try {
            return maker.apply(value.isEmpty() ? usual : value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is no number for " + text(), e);
        }
    }

    private static int number(String value) {
        return Integer.parseInt(value);
    }

    private static Fault disconnect(String value) {
        return switch (value) {
            case "reset" -> new Fault.Disconnect(true);
            case "finish" -> new Fault.Disconnect(false);
            default -> throw new IllegalArgumentException("disconnect takes reset or finish, not '" + value + "'");
        };
    }

    private static Fault reconnect(String value) {
        if (value.equals("itself")) {
            return new Fault.ReconnectLoop("", 0);
        }
        int colon = value.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("reconnect takes itself or HOST:PORT, not '" + value + "'");
        }
        return new Fault.ReconnectLoop(value.substring(0, colon), number(value.substring(colon + 1)));
    }

    /** Durations as people type them. */
    static final class Durations {
        private Durations() {}

        /** @throws IllegalArgumentException if it is none */
        static Duration of(String text) {
            if (text.matches("[0-9]{1,9}ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            if (text.matches("[0-9]{1,9}s")) {
                return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
            }
            if (text.matches("[0-9]{1,9}m")) {
                return Duration.ofMinutes(Long.parseLong(text.substring(0, text.length() - 1)));
            }
            throw new IllegalArgumentException("'" + text + "' is no duration such as 300ms, 10s or 2m");
        }
    }
}
