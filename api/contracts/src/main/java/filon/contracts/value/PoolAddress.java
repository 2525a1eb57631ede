package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a pool listens and what it speaks: {@code scheme://host:port}, no user, no path; only Stratum V2 adds the key of the authority
 * that vouches for the pool, {@code stratum2+tcp://host:port/key}. JSON: that string.
 *
 * <p>Only the grammar is checked here. Whether the host may be reached is for {@link filon.contracts.address}, at the
 * order and again on every connect; whether an algorithm's pools speak it, for the miner.
 *
 * @param authorityKey base58check as the pool publishes it; empty where the address names none
 */
public record PoolAddress(Scheme scheme, String host, int port, String authorityKey) {
    public static final int LENGTH_MAX = 255;
    private static final Pattern FORM =
            Pattern.compile("(?<scheme>[a-z0-9+]+)://(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):(?<port>[0-9]{1,5})"
                    + "(/(?<key>[1-9A-HJ-NP-Za-km-z]{0,64}))?");
    /** Of a name in the DNS (RFC 1035, section 2.3.4). */
    private static final int HOST_LENGTH_MAX = 253;

    private static final Pattern HOST_NAME =
            Pattern.compile("(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*");

    /** What is spoken, and how the bytes travel. What {@code stratum1} and {@code stratum2} are depends on the algorithm's family. */
    public enum Scheme {
        /** Whatever the pool turns out to speak. */
        STRATUM_TCP("stratum+tcp", false),
        STRATUM_SSL("stratum+ssl", true),
        /** Stratum V1; EthereumStratum/1.0.0. */
        STRATUM1_TCP("stratum1+tcp", false),
        STRATUM1_SSL("stratum1+ssl", true),
        /** Stratum V2, which encrypts by itself; EthereumStratum/2.0.0. */
        STRATUM2_TCP("stratum2+tcp", false),
        STRATUM2_SSL("stratum2+ssl", true),
        ETHPROXY_TCP("ethproxy+tcp", false),
        ETHPROXY_SSL("ethproxy+ssl", true);

        private final String label;
        private final boolean encrypted;

        Scheme(String label, boolean encrypted) {
            this.label = label;
            this.encrypted = encrypted;
        }

        public String label() {
            return label;
        }

        /** Whether TLS is spoken below it. */
        public boolean isEncrypted() {
            return encrypted;
        }

        /** Other miners write {@code tls} and {@code tls12} for {@code ssl}. */
        static Scheme of(String label) {
            String usual = label.replaceFirst("\\+tls(12)?$", "+ssl");
            for (Scheme scheme : values()) {
                if (scheme.label.equals(usual)) {
                    return scheme;
                }
            }
            throw new IllegalArgumentException("pool address scheme " + label + " is not one of: "
                    + Arrays.stream(values()).map(Scheme::label).collect(Collectors.joining(", ")));
        }
    }

    public PoolAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("pool port " + port + " is not within 1 to 65535");
        }
        if (host.length() > HOST_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "pool host of " + host.length() + " characters exceeds " + HOST_LENGTH_MAX);
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
        if (!authorityKey.isEmpty() && scheme != Scheme.STRATUM2_TCP) {
            throw new IllegalArgumentException(
                    "pool address has a key behind its port; only " + Scheme.STRATUM2_TCP.label() + " has one");
        }
    }

    /** Without an authority's key. */
    public PoolAddress(Scheme scheme, String host, int port) {
        this(scheme, host, port, "");
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
                Integer.parseInt(matcher.group("port")),
                Objects.requireNonNullElse(matcher.group("key"), ""));
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
        return scheme.label() + "://" + host + ":" + port + (authorityKey.isEmpty() ? "" : "/" + authorityKey);
    }
}
