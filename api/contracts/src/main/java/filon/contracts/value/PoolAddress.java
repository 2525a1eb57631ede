package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a pool listens: {@code scheme://host:port}, no user, no path. JSON: that string.
 *
 * <p>Only the grammar is checked here. Whether the host may be reached is for {@link filon.contracts.address}, at the
 * order and again on every connect.
 */
public record PoolAddress(Scheme scheme, String host, int port) {
    public static final int LENGTH_MAX = 255;
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[a-z0-9+]+)://(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):(?<port>[0-9]{1,5})/?");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*");

    /** How the bytes travel. */
    public enum Scheme {
        STRATUM_TCP("stratum+tcp", false),
        STRATUM_SSL("stratum+ssl", true);

        private final String label;
        private final boolean encrypted;

        Scheme(String label, boolean encrypted) {
            this.label = label;
            this.encrypted = encrypted;
        }

        public String label() {
            return label;
        }

        public boolean isEncrypted() {
            return encrypted;
        }

        static Scheme of(String label) {
            for (Scheme scheme : values()) {
                if (scheme.label.equals(label)) {
                    return scheme;
                }
            }
            throw new IllegalArgumentException(
                    "pool address scheme " + label + " is not one of: stratum+tcp, stratum+ssl");
        }
    }

    public PoolAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("pool port " + port + " is not within 1 to 65535");
        }
        boolean literal6 = host.startsWith("[");
        if (!literal6 && !HOST_NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("pool host " + host + " is not a host name or an address");
        }
        boolean looksNumeric = !literal6 && Character.isDigit(host.charAt(host.lastIndexOf('.') + 1));
        if (looksNumeric && !isCanonicalDottedQuad(host)) {
            throw new IllegalArgumentException(
                    "pool host " + host + " looks like a number but is not a dotted address of four parts");
        }
    }

    /**
     * @throws IllegalArgumentException if the text is not {@code scheme://host:port}; the message names the part and its
     *     limit
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PoolAddress of(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("pool address is empty; expected scheme://host:port");
        }
        if (text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "pool address of " + text.length() + " characters exceeds " + LENGTH_MAX);
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("pool address " + text + " is not of the form stratum+tcp://host:port");
        }
        return new PoolAddress(
                Scheme.of(matcher.group("scheme")),
                matcher.group("host").toLowerCase(Locale.ROOT),
                Integer.parseInt(matcher.group("port")));
    }

    private static boolean isCanonicalDottedQuad(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean digits = part.chars().allMatch(c -> c >= '0' && c <= '9');
            boolean canonical = !part.isEmpty() && part.length() <= 3 && (part.length() == 1 || part.charAt(0) != '0');
            if (!digits || !canonical || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** The host without the brackets of an IPv6 literal. */
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @JsonValue
    @Override
    public String toString() {
        return scheme.label() + "://" + host + ":" + port;
    }
}
