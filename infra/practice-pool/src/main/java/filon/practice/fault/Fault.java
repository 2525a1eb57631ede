package filon.practice.fault;

import java.time.Duration;

/** Something that a pool does wrong, or that happens to it, in every dialect alike. */
public sealed interface Fault {
    /** Everything is said so much later, in its order. */
    record Delay(Duration by) implements Fault {}

    /** Every connection ends, by TCP's RST or FIN; while it lasts, new ones end at once. */
    record Disconnect(boolean reset) implements Fault {}

    /** Connections stay open, what miners say is read and ignored, nothing is said. */
    record Silence() implements Fault {}

    /** Connections stay open, and what miners say is not even taken off the wire until it is over. */
    record StopReading() implements Fault {}

    /** Lines that are no message of any dialect. */
    record Garbage(int lines) implements Fault {
        public Garbage {
            require(lines, 1, 1_000, "lines of garbage");
        }
    }

    /** One line of so many bytes, which is never held whole here. */
    record HugeLine(long bytes) implements Fault {
        public HugeLine {
            require(bytes, 100, 1L << 40, "bytes of a huge line");
        }
    }

    /** Everything is said byte by byte, with a pause between them. */
    record Drip(Duration pause) implements Fault {}

    /** Replies have ids that nobody asked with. */
    record WrongIds() implements Fault {}

    /** So many messages are held back and said in another order. */
    record Reorder(int messages) implements Fault {
        public Reorder {
            require(messages, 2, 100, "messages to reorder");
        }
    }

    /** So many changes of the difficulty, half of them to a harder one, then the usual one again. */
    record DifficultyStorm(int changes) implements Fault {
        public DifficultyStorm {
            require(changes, 1, 100_000, "changes of difficulty");
        }
    }

    /** So many changes of the extranonce, each followed by a job. */
    record ExtranonceChange(int changes) implements Fault {
        public ExtranonceChange {
            require(changes, 1, 100_000, "changes of extranonce");
        }
    }

    /** So many jobs that make all before them stale. */
    record CleanStorm(int jobs) implements Fault {
        public CleanStorm {
            require(jobs, 1, 100_000, "clean jobs");
        }
    }

    /**
     * Every miner is told to connect elsewhere, again whenever it comes back.
     *
     * @param host empty: to this pool itself
     */
    record ReconnectLoop(String host, int port) implements Fault {
        public ReconnectLoop {
            require(port, 0, 65_535, "port");
        }
    }

    /** Shares that are right are refused. */
    record RejectAll() implements Fault {}

    /** Shares are judged, but the answers are never said. */
    record NoVerdicts() implements Fault {}

    /** Every reply is said twice. */
    record AnswerTwice() implements Fault {}

    private static void require(long value, long min, long max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
