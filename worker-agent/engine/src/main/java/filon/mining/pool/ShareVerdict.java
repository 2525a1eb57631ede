package filon.mining.pool;

/** What became of a share. Only the pool's own word makes it accepted. */
public sealed interface ShareVerdict {
    /**
     * The pool credited it.
     *
     * @param remark of the pool; empty for most
     */
    record Accepted(String remark) implements ShareVerdict {
        public Accepted() {
            this("");
        }
    }

    /** The pool refused it: it says that it had it before. */
    record Duplicate(int code, String reason) implements ShareVerdict {}

    /**
     * The pool refused it.
     *
     * @param code the pool's number: 20 other, 23 low difficulty, 24 unauthorised, 25 not subscribed
     */
    record Rejected(int code, String reason) implements ShareVerdict {}

    /** It came too late: the pool said so (code 21 mostly), or the job was withdrawn before it was sent (code 0). */
    record Stale(Delay delay, int code, String reason) implements ShareVerdict {}

    /** No answer came before the deadline or the end of the connection; the pool may have credited it. */
    record Unanswered(String reason) implements ShareVerdict {}

    /** Who took the time that made a share late. */
    enum Delay {
        /** We: the job's withdrawal had been read before the share was sent. */
        OURS("found after the job was withdrawn"),
        /** The way: the withdrawal was read after the share was sent, and before the answer. */
        WAY("the job was withdrawn while the share was on its way"),
        /** The pool: it called a job withdrawn of which it had said nothing. */
        POOL("the pool withdrew the job without a word");

        private final String text;

        Delay(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** As metering counts it: accepted, rejected, stale or unanswered. */
    default String label() {
        return switch (this) {
            case Accepted _ -> "accepted";
            case Duplicate _, Rejected _ -> "rejected";
            case Stale _ -> "stale";
            case Unanswered _ -> "unanswered";
        };
    }

    default int code() {
        return switch (this) {
            case Accepted _ -> 0;
            case Duplicate duplicate -> duplicate.code();
            case Rejected rejected -> rejected.code();
            case Stale stale -> stale.code();
            case Unanswered _ -> 0;
        };
    }

    default String reason() {
        return switch (this) {
            case Accepted accepted -> accepted.remark();
            case Duplicate duplicate -> duplicate.reason();
            case Rejected rejected -> rejected.reason();
            case Stale stale -> stale.reason();
            case Unanswered unanswered -> unanswered.reason();
        };
    }
}
