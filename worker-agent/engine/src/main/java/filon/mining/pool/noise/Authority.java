package filon.mining.pool.noise;

import java.math.BigInteger;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Who vouches for the servers of a pool: the owner of an authority's secret. For pools of ours, to practise with. */
public final class Authority {
    private final BigInteger secret;

    private Authority(BigInteger secret) {
        this.secret = secret;
    }

    /**
     * @param secret byte[32], most significant byte first
     * @throws IllegalArgumentException if it is zero or not below the order of secp256k1
     */
    public static Authority of(byte[] secret) {
        BigInteger number = Secp256k1.number(secret);
        if (secret.length != Secp256k1.LENGTH || !Secp256k1.isSecret(number)) {
            throw new IllegalArgumentException(
                    "authority's secret is not 32 bytes above zero and below the order of secp256k1");
        }
        return new Authority(number);
    }

    /** @param random not to be guessed, as that of {@link java.security.SecureRandom} */
    public static Authority draw(RandomGenerator random) {
        return new Authority(KeyPair.drawSecret(random));
    }

    /** What clients are given to know the pool by. */
    public AuthorityKey key() {
        return new AuthorityKey(Secp256k1.bytes(Secp256k1.x(Secp256k1.publicPoint(secret))));
    }

    /**
     * A new key for a server, vouched for from the one instant to the other, whole seconds.
     *
     * @throws IllegalArgumentException if an instant is before 1970 or after 2106-02-07
     */
    public ServerIdentity vouch(Instant validFrom, Instant notValidAfter, RandomGenerator random) {
        KeyPair server = KeyPair.draw(random);
        byte[] auxiliary = new byte[Sha256.LENGTH];
        random.nextBytes(auxiliary);
        Certificate.Claim claim =
                new Certificate.Claim(Certificate.VERSION, validFrom.getEpochSecond(), notValidAfter.getEpochSecond());
        return new ServerIdentity(
                server, new Certificate(claim, Schnorr.sign(secret, claim.digest(server.x()), auxiliary)));
    }
}
