package filon.practice.book;

import java.math.BigInteger;

/**
 * What the pool hashed to judge a share.
 *
 * @param header in the layout that is hashed, nonce included; of no bytes where the share was refused unhashed
 * @param hash byte[32] in the order of the algorithm's reference (sha256d: as the hash function gives it; others: most significant
 *     byte first)
 * @param target the highest number that counted
 */
public record Solution(byte[] header, byte[] hash, BigInteger target) {
    public static final Solution NONE = new Solution(new byte[0], new byte[0], BigInteger.ZERO);

    public Solution {
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
