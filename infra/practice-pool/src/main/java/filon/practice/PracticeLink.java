package filon.practice;

/** One miner's connection as its wire sees it. */
public interface PracticeLink {
    /** What the miner sent, in pieces of any size. */
    void fromMiner(byte[] bytes);

    /** The miner is gone. */
    void minerClosed();
}
