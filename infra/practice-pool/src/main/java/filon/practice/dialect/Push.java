package filon.practice.dialect;

/** What a pool tells its miners unasked. A dialect that has no words for it says nothing. */
public sealed interface Push {
    /** The current job, at the difficulty and with the extranonce that stand now. */
    record Job(boolean clean) implements Push {}

    /** A difficulty for the jobs that follow. */
    record Difficulty(double difficulty) implements Push {}

    /**
     * Another part of the nonces for the jobs that follow.
     *
     * @param minerBytes what is left to the miner; 0 leaves that to the dialect
     * @param uninvited also to miners that did not subscribe to it
     */
    record Extranonce(int minerBytes, boolean uninvited) implements Push {}

    /** What pools of most dialects say with methods that begin with {@code client.}. */
    sealed interface ClientWord extends Push {}

    /**
     * The miner shall connect elsewhere.
     *
     * @param host empty: nothing but the order itself is said
     */
    record Reconnect(String host, int port, int waitSeconds) implements ClientWord {}

    /** From now on a miner may change these bits of the version, and no others. */
    record VersionMask(int mask) implements Push {}

    /** A text for people. */
    record ShowMessage(String text) implements ClientWord {}

    /** Asks the miner for its name and version. */
    record AskVersion() implements ClientWord {}
}
