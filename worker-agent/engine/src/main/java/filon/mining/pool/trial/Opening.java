package filon.mining.pool.trial;

import filon.mining.pool.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What a pool's first bytes look like. */
enum Opening {
    NOTHING,
    JSON,
    HTTP,
    /** A record of TLS: an alert, as the answer to clear text. */
    TLS,
    TEXT,
    BINARY;

    private static final int ALERT = 0x15;
    private static final int ALERT_LENGTH = 7;
    private static final int LINES_SHOWN = 5;
    private static final int BYTES_SHOWN = 16;

    static Opening of(byte[] bytes) {
        if (bytes.length == 0) {
            return NOTHING;
        }
        if (isAlert(bytes)) {
            return TLS;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http/") || lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return HTTP;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return JSON;
        }
        return isText(bytes) ? TEXT : BINARY;
    }

    /** RFC 8446, section 5.1 and 6: type, version 3.x, a length of two, level and description. */
    private static boolean isAlert(byte[] bytes) {
        return bytes.length >= ALERT_LENGTH && bytes[0] == ALERT && bytes[1] == 3 && bytes[3] == 0 && bytes[4] == 2;
    }

    /** Whether whoever begins so never becomes a pool, however long one waits. */
    boolean isOfNoPool() {
        return this == HTTP || this == TLS;
    }

    private static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            boolean isControl = each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t';
            if (isControl) {
                return false;
            }
        }
        return true;
    }

    /** Fit for people. */
    static List<String> shown(byte[] bytes) {
        return switch (of(bytes)) {
            case NOTHING -> List.of();
            case JSON, HTTP, TEXT ->
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(LINES_SHOWN)
                        .map(PrintableText::of)
                        .toList();
            case TLS, BINARY ->
                List.of("bytes "
                        + HexFormat.ofDelimiter(" ")
                                .formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, BYTES_SHOWN))));
        };
    }
}
