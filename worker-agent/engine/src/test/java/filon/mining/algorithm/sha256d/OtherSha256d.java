package filon.mining.algorithm.sha256d;

import filon.mining.algorithm.ProofOfWork;

/** sha256d with kernels that are not ours, for tests outside this package. */
public final class OtherSha256d {
    private OtherSha256d() {}

    /** As right as ours, of another text. */
    public static ProofOfWork withAComment() {
        return new Sha256d(Sha256d.FOLDER.kernel("sha256d.cl") + "\n/* another text */\n");
    }

    /** Wrong where it is built for vectors of 8. */
    public static ProofOfWork wrongWithVectorsOfEight() {
        return new Sha256d(Sha256d.FOLDER
                .kernel("sha256d.cl")
                .replace("0x428a2f98", "(VECTOR_WIDTH == 8 ? 0x428a2f99 : 0x428a2f98)"));
    }
}
