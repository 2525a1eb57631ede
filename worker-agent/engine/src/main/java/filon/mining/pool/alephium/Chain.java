package filon.mining.pool.alephium;

/** One of Alephium's sixteen chains: its blocks hold what goes from one group of addresses to another. */
record Chain(int from, int to) {
    private static final int GROUPS = 4;

    Chain {
        if (from < 0 || from >= GROUPS || to < 0 || to >= GROUPS) {
            throw new IllegalArgumentException("no chain from group " + from + " to " + to + "; there are " + GROUPS);
        }
    }

    /**
     * The only chain that a block with this hash can be of, by the remainder of its last byte (Alephium, ChainIndex).
     *
     * @param hash byte[32], most significant byte first
     */
    static Chain of(byte[] hash) {
        int index = (hash[hash.length - 1] & 0xff) % (GROUPS * GROUPS);
        return new Chain(index / GROUPS, index % GROUPS);
    }
}
