package filon.contracts.message;

/** What a workload is seen to do; {@code RUNNING} is the only one that can be billed. */
public enum WorkloadState {
    /** Ordered, not launched yet. */
    PENDING,
    /** Building kernels, proving known answers on the device. */
    PREPARING,
    /** Ready, waiting for a pool connection or a first job. */
    CONNECTING,
    /** Hashing a job of a pool. */
    RUNNING,
    /** The device is ready but no pool gives work. */
    NO_POOL,
    /** Crashed and waiting for its restart. */
    RESTARTING,
    STOPPING,
    STOPPED,
    /** Given up; the reason says why. */
    FAILED,
    /** Its host is silent: it may well be hashing. Said by the platform, never by a host. */
    UNKNOWN
}
