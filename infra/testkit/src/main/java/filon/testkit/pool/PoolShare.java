package filon.testkit.pool;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A share that the pool has re-hashed and accepted.
 *
 * @param header byte[80]
 * @param hash byte[32] in the order the hash function gives it
 * @param target the highest number that counted when the job was sent
 */
public record PoolShare(String worker, String job, byte[] header, byte[] hash, BigInteger target, Instant at) {
    public PoolShare {
        header = header.clone();
        hash = hash.clone();
    }

    @Override
    public byte[] header() {
        return header.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }
}
