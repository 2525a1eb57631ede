package filon.mining.pool;

/** Text of a stranger, made fit for a log: no control characters, no endless length. */
public final class PrintableText {
    private static final int LENGTH_MAX = 200;

    private PrintableText() {}

    public static String of(String text) {
        String bounded = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "..." : text;
        return bounded.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]", "?");
    }
}
