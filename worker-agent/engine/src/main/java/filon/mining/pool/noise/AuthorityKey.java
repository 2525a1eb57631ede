package filon.mining.pool.noise;

import java.util.Arrays;

/**
 * The public key by which a pool is known, whatever its servers' keys: byte[32], the x of a point of secp256k1.
 *
 * <p>As text it is what the path of a pool's URL holds: base58check of {@code 01 00} and the key. Source: Stratum V2 chapter 4.7.
 */
public record AuthorityKey(byte[] x) {
    private static final byte[] VERSION = {1, 0};

    /** @throws IllegalArgumentException if no point has that x */
    public AuthorityKey {
        if (x.length != Secp256k1.LENGTH) {
            throw new IllegalArgumentException("authority key of " + x.length + " bytes; it has " + Secp256k1.LENGTH);
        }
        if (Secp256k1.lift(Secp256k1.number(x)).isEmpty()) {
            throw new IllegalArgumentException("authority key is no point of secp256k1");
        }
        x = x.clone();
    }

    /** @throws IllegalArgumentException naming what is wrong with the text */
    public static AuthorityKey of(String text) {
        byte[] payload;
        try {
            payload = Base58Check.decode(text, VERSION.length + Secp256k1.LENGTH);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("authority key: " + malformed.getMessage(), malformed);
        }
        if (!Arrays.equals(Arrays.copyOf(payload, VERSION.length), VERSION)) {
            throw new IllegalArgumentException(
                    "authority key of version " + payload[0] + "." + payload[1] + "; only 1.0 is known");
        }
        return new AuthorityKey(Arrays.copyOfRange(payload, VERSION.length, payload.length));
    }

    @Override
    public byte[] x() {
        return x.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthorityKey key && Arrays.equals(x, key.x);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(x);
    }

    /** Base58check. */
    @Override
    public String toString() {
        byte[] payload = Arrays.copyOf(VERSION, VERSION.length + Secp256k1.LENGTH);
        System.arraycopy(x, 0, payload, VERSION.length, Secp256k1.LENGTH);
        return Base58Check.encode(payload);
    }
}
