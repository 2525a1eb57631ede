package filon.mining.burnin;

/** Times a check from its beginning to its result. */
record Stopwatch(long beganNanos) {
    static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    double seconds() {
        return Math.round((System.nanoTime() - beganNanos) / 1e6) / 1e3;
    }

    Check passed(String name, String detail) {
        return new Check(name, true, detail, seconds());
    }

    Check failed(String name, String detail) {
        return new Check(name, false, detail, seconds());
    }
}
