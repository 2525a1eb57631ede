package filon.mining.pool.trial;

/** Why a pool cannot be mined for. */
public enum Fault {
    NAME_UNKNOWN,
    NAME_TOO_SLOW,
    ADDRESS_FORBIDDEN,
    CONNECTION_REFUSED,
    CONNECTION_TIMED_OUT,
    CONNECTION_FAILED,
    /** TLS was asked for at a port that speaks clear text. */
    TLS_MISSING,
    /** Clear text was spoken to a port that wants TLS. */
    TLS_WANTED,
    TLS_FAILED,
    CERTIFICATE_OF_ANOTHER_NAME,
    CERTIFICATE_SELF_SIGNED,
    CERTIFICATE_OF_UNKNOWN_AUTHORITY,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_NOT_PINNED,
    SPEAKS_HTTP,
    SPEAKS_SOMETHING_ELSE,
    SILENT,
    HANGS_UP,
    SUBSCRIPTION_REFUSED,
    USER_REFUSED,
    /** It sends its miners to a host that was not allowed. */
    SENDS_ELSEWHERE,
    JOB_MALFORMED,
    NO_JOB,
    DIFFICULTY_ABSURD
}
