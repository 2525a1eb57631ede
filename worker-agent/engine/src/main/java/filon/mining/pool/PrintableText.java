package filon.mining.pool;

/** Text of a stranger, made fit for a log: no characters that steer a terminal or break a line, no endless length. */
public final class PrintableText {
    private static final int LENGTH_MAX = 200;

    private PrintableText() {}

    /** At most some 200 characters. */
    public static String of(String text) {
        return of(text, LENGTH_MAX);
    }

    /** At most so many characters, and three dots for the rest. */
    static String of(String text, int lengthMax) {
        String bounded = text.length() > lengthMax ? text.substring(0, lengthMax) + "..." : text;
        // Cc has the controls from 0x80 to 0x9f too, one of which begins a terminal's orders; \p{Cntrl} has not
        return bounded.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    }
}
