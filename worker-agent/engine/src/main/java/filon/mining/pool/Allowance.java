package filon.mining.pool;

/** So much at once, and so much more each second. Belongs to the thread that serves pools. */
final class Allowance {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double atOnce;
    private final double perSecond;
    private double left;
    private long lookedNanos;

    Allowance(double atOnce, double perSecond, long nowNanos) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.left = atOnce;
        this.lookedNanos = nowNanos;
    }

    /** Takes that much, if it is there. */
    boolean take(double amount, long nowNanos) {
        left = Math.min(atOnce, left + perSecond * (nowNanos - lookedNanos) / NANOS_PER_SECOND);
        lookedNanos = nowNanos;
        boolean isThere = left >= amount;
        left -= isThere ? amount : 0;
        return isThere;
    }
}
