package filon.mining.device;

/** From the least power limit that a device takes to the most, both included. */
record PowerRange(long leastMilliwatt, long mostMilliwatt) {
    boolean contains(long milliwatt) {
        return leastMilliwatt <= milliwatt && milliwatt <= mostMilliwatt;
    }
}
