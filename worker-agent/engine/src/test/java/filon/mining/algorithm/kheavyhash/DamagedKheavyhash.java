package filon.mining.algorithm.kheavyhash;

import filon.mining.algorithm.ProofOfWork;

/** Kheavyhash with a fault planted in its kernel. */
public final class DamagedKheavyhash {
    private DamagedKheavyhash() {}

    /** @throws IllegalArgumentException if the right text is not in the kernel */
    public static ProofOfWork of(String right, String wrong) {
        String source = Kheavyhash.FOLDER.kernel("kheavyhash.cl");
        if (!source.contains(right)) {
            throw new IllegalArgumentException("kheavyhash.cl does not contain " + right);
        }
        return new Kheavyhash(source.replace(right, wrong));
    }
}
