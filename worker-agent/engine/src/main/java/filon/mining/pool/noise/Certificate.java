package filon.mining.pool.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;

/**
 * That an authority vouches for a server's static key for some time. What is sent, 74 bytes, is the claim and the signature; the key
 * is known from the handshake.
 *
 * <p>Source: Stratum V2 chapter 4.5.2, 4.5.3.
 *
 * @param signature byte[64], BIP 340
 */
record Certificate(Claim claim, byte[] signature) {
    static final int LENGTH = Claim.LENGTH + Schnorr.LENGTH;
    static final int VERSION = 0;

    /** How far two clocks may differ: the specification names no figure, stratum-mining/stratum grants this (its issue 2015). */
    private static final long LEEWAY_SECONDS = 10;

    /** Source of the fields and their order: "SIGNATURE_NOISE_MESSAGE"; seconds since 1970. */
    record Claim(int version, long validFrom, long notValidAfter) {
        static final int LENGTH = 10;
        private static final long SECONDS_MAX = 0xffffffffL;

        Claim {
            check("valid_from", validFrom);
            check("not_valid_after", notValidAfter);
        }

        private static void check(String field, long seconds) {
            if (seconds < 0 || seconds > SECONDS_MAX) {
                throw new IllegalArgumentException(
                        "certificate's " + field + " of " + seconds + " s is not 0 to " + SECONDS_MAX);
            }
        }

        byte[] bytes() {
            return ByteBuffer.allocate(LENGTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) version)
                    .putInt((int) validFrom)
                    .putInt((int) notValidAfter)
                    .array();
        }

        /** What is signed: byte[32]. */
        byte[] digest(byte[] serverX) {
            return Sha256.of(bytes(), serverX);
        }
    }

    static Certificate of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Claim claim = new Claim(
                Short.toUnsignedInt(in.getShort()),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()));
        return new Certificate(claim, Arrays.copyOfRange(bytes, Claim.LENGTH, LENGTH));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).put(claim.bytes()).put(signature).array();
    }

    /**
     * @param serverX of the static key that the handshake proved
     * @throws NoiseException if the authority did not sign it, or not for this time
     */
    void check(byte[] serverX, AuthorityKey authority, Instant now) throws NoiseException {
        if (claim.version() != VERSION) {
            throw new NoiseException(
                    "server's certificate has version " + claim.version() + "; only " + VERSION + " is known");
        }
        if (!Schnorr.isSigned(authority.x(), claim.digest(serverX), signature)) {
            throw new NoiseException("server's certificate is not signed by authority " + authority
                    + ": this is another pool's server, or somebody in between");
        }
        long seconds = now.getEpochSecond();
        if (seconds + LEEWAY_SECONDS < claim.validFrom()) {
            throw outOfTime("is not valid before", claim.validFrom(), seconds);
        }
        if (seconds - LEEWAY_SECONDS > claim.notValidAfter()) {
            throw outOfTime("expired at", claim.notValidAfter(), seconds);
        }
    }

    private static NoiseException outOfTime(String how, long limit, long seconds) {
        return new NoiseException("server's certificate " + how + " " + Instant.ofEpochSecond(limit) + "; it is "
                + Instant.ofEpochSecond(seconds) + " by this machine's clock");
    }
}
