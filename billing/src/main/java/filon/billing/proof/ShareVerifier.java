package filon.billing.proof;

import filon.contracts.message.UsageReport.ShareProof;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hashes shares again: a share proves work when its header's hash is at or below the target it names.
 *
 * <p>The target is the host's word, so one that almost any hash meets is refused: it would prove nothing.
 */
@ApplicationScoped
public class ShareVerifier {
    private static final int HEADER_BYTES = 80;
    private static final int TARGET_BYTES = 32;

    private final ProofHash hash;
    private final byte[] easiest;

    /** @param hashesPerShareMin the least work, in hashes on average, that a target may ask for; at least 1 */
    @Inject
    ShareVerifier(
            @ConfigProperty(name = "filon.proof.hashes-per-share-min", defaultValue = "256") long hashesPerShareMin) {
        this(new Sha256d(), hashesPerShareMin);
    }

    ShareVerifier(ProofHash hash, long hashesPerShareMin) {
        if (hashesPerShareMin < 1) {
            throw new IllegalArgumentException(
                    "filon.proof.hashes-per-share-min of " + hashesPerShareMin + " is below 1");
        }
        this.hash = hash;
        this.easiest = easiestTarget(hashesPerShareMin);
    }

    public Verdict verify(ShareProof share) {
        byte[] header;
        byte[] target;
        try {
            header = HexFormat.of().parseHex(String.valueOf(share.header()));
            target = HexFormat.of().parseHex(String.valueOf(share.target()));
        } catch (IllegalArgumentException e) {
            return new Verdict.Disproven("header or target of the share is not hex");
        }
        if (header.length != HEADER_BYTES || target.length != TARGET_BYTES) {
            return new Verdict.Disproven("header of " + header.length + " and target of " + target.length
                    + " bytes, not " + HEADER_BYTES + " and " + TARGET_BYTES);
        }
        if (Arrays.compareUnsigned(target, easiest) > 0) {
            return new Verdict.Disproven("target " + share.target() + " is too easy to prove work");
        }
        byte[] found = hash.of(header);
        return Arrays.compareUnsigned(found, target) <= 0
                ? new Verdict.Proven(found)
                : new Verdict.Disproven(
                        "hash " + HexFormat.of().formatHex(found) + " is above target " + share.target());
    }

    /** The largest target that takes so many hashes on average: 2^256 / hashes - 1. */
    private static byte[] easiestTarget(long hashes) {
        byte[] magnitude = BigInteger.ONE
                .shiftLeft(256)
                .divide(BigInteger.valueOf(hashes))
                .subtract(BigInteger.ONE)
                .toByteArray();
        byte[] target = new byte[TARGET_BYTES];
        int length = Math.min(TARGET_BYTES, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, target, TARGET_BYTES - length, length);
        return target;
    }
}
