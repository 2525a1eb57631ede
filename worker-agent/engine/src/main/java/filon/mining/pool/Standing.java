package filon.mining.pool;

/** How much a pool is worth at the moment. */
enum Standing {
    /** No job. */
    OUT,
    /** A job, and a reason to rather take another pool's. */
    DOUBTFUL,
    /** A job, and nothing against it. */
    SOUND
}
