package filon.mining.algorithm.kawpow;

/** Marsaglia's generator KISS of 1999, as ProgPoW uses it. */
final class Kiss99 {
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private int z;
    private int w;
    private int jsr;
    private int jcong;

    private Kiss99(int z, int w, int jsr, int jcong) {
        this.z = z;
        this.w = w;
        this.jsr = jsr;
        this.jcong = jcong;
    }

    static int fnv1a(int a, int b) {
        return (a ^ b) * FNV_PRIME;
    }

    static int fnv1a(int b) {
        return fnv1a(FNV_OFFSET, b);
    }

    /** What draws the random program of a period. */
    static Kiss99 ofPeriod(long period) {
        int low = (int) period;
        int high = (int) (period >>> 32);
        int z = fnv1a(low);
        int w = fnv1a(z, high);
        int jsr = fnv1a(w, low);
        return new Kiss99(z, w, jsr, fnv1a(jsr, high));
    }

    /** What fills the registers of a lane. */
    static Kiss99 ofLane(int seedLow, int seedHigh, int lane) {
        int z = fnv1a(seedLow);
        int w = fnv1a(z, seedHigh);
        int jsr = fnv1a(w, lane);
        return new Kiss99(z, w, jsr, fnv1a(jsr, lane));
    }

    int next() {
        z = 36_969 * (z & 0xffff) + (z >>> 16);
        w = 18_000 * (w & 0xffff) + (w >>> 16);
        jsr ^= jsr << 17;
        jsr ^= jsr >>> 13;
        jsr ^= jsr << 5;
        jcong = 69_069 * jcong + 1_234_567;
        return (((z << 16) + w) ^ jcong) + jsr;
    }

    /** The next number, as an unsigned one, modulo a bound. */
    int next(int bound) {
        return Integer.remainderUnsigned(next(), bound);
    }
}
