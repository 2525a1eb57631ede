package filon.mining.engine;

/** What the pool of tests finds of a share. */
enum ShareFate {
    VALID(0, "valid"),
    /** Of a job that is withdrawn, which the miner may not have read yet. */
    STALE(21, "stale"),
    /** Of a job that is withdrawn, which the miner proved to have read before it sent this. */
    WITHDRAWN(21, "withdrawn before it was sent"),
    UNKNOWN_JOB(20, "unknown job"),
    MALFORMED(20, "malformed"),
    DUPLICATE(22, "duplicate share"),
    LOW_DIFFICULTY(23, "low difficulty share");

    private final int code;
    private final String text;

    ShareFate(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** What a line says about it, after its id. */
    String answer() {
        return this == VALID
                ? "\"result\":true,\"error\":null"
                : "\"result\":null,\"error\":[" + code + ",\"" + text + "\",null]";
    }
}
