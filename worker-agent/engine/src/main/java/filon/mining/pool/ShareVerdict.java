package filon.mining.pool;

/** What became of a share. Only the pool's own word makes it accepted. */
public sealed interface ShareVerdict {
    /** The pool credited it. */
    record Accepted() implements ShareVerdict {}

    /**
     * The pool refused it.
     *
     * @param code the pool's number: 20 other, 22 duplicate, 23 low difficulty, 24 unauthorised, 25 not subscribed
     */
    record Rejected(int code, String reason) implements ShareVerdict {}

    /** It came too late: the pool said so (code 21), or the job was withdrawn before it was sent (code 0). */
    record Stale(int code, String reason) implements ShareVerdict {}

    /** No answer came before the deadline or the end of the connection; the pool may have credited it. */
    record Unanswered(String reason) implements ShareVerdict {}

    default String label() {
        return switch (this) {
            case Accepted _ -> "accepted";
            case Rejected _ -> "rejected";
            case Stale _ -> "stale";
            case Unanswered _ -> "unanswered";
        };
    }

    default int code() {
        return switch (this) {
            case Accepted _ -> 0;
            case Rejected rejected -> rejected.code();
            case Stale stale -> stale.code();
            case Unanswered _ -> 0;
        };
    }

    default String reason() {
        return switch (this) {
            case Accepted _ -> "";
            case Rejected rejected -> rejected.reason();
            case Stale stale -> stale.reason();
            case Unanswered unanswered -> unanswered.reason();
        };
    }
}
