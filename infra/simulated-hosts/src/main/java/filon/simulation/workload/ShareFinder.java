package filon.simulation.workload;

import filon.mining.algorithm.Target;
import filon.mining.algorithm.sha256d.Sha256d;
import filon.mining.workload.ShareProof;
import filon.mining.workload.WorkloadSpecification;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Finds real {@code sha256d} shares, at a difficulty so small that a CPU hardly notices: whoever hashes them again finds them good.
 *
 * <p>A header is made of the lease, the GPU and a number, so that none is ever found twice.
 */
final class ShareFinder {
    /** Billing believes none below 256. */
    static final long HASHES_PER_SHARE = 1_024;

    private static final Target TARGET = Target.of(BigInteger.ONE
            .shiftLeft(256)
            .divide(BigInteger.valueOf(HASHES_PER_SHARE))
            .subtract(BigInteger.ONE));
    private static final int HEADER_LENGTH = 80;
    private static final int NONCE_OFFSET = 76;
    private static final int VERSION = 0x2000_0000;
    private final WorkloadSpecification specification;

    ShareFinder(WorkloadSpecification specification) {
        this.specification = specification;
    }

    /**
     * An accepted share.
     *
     * @param number never used before for this lease and GPU
     * @param atNanos when it is found, on the monotonic clock
     */
    ShareProof share(long number, long atNanos) {
        byte[] header = solved(number);
        return new ShareProof(
                atNanos,
                Long.toHexString(number),
                HexFormat.of().formatHex(header),
                TARGET.toString(),
                "accepted",
                0,
                "",
                1,
                specification.pools().getFirst().address());
    }

    private byte[] solved(long number) {
        byte[] header = unsolved(number);
        ByteBuffer nonce = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int candidate = 0;
        while (!TARGET.isMetBy(Sha256d.hashOf(header))) {
            candidate++;
            nonce.putInt(NONCE_OFFSET, candidate);
        }
        return header;
    }

    private byte[] unsolved(long number) {
        String work = specification.leaseId() + "/" + specification.gpuId();
        return ByteBuffer.allocate(HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION)
                .put(sha256(work))
                .put(sha256(work + "/" + number))
                .array();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
