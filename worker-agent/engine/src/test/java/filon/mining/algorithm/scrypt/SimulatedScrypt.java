package filon.mining.algorithm.scrypt;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Swizzles;

/** Scrypt with a kernel whose 16-wide vectors a simulator can follow. */
public final class SimulatedScrypt {
    private SimulatedScrypt() {}

    public static ProofOfWork spelledOut() {
        return new Scrypt(Swizzles.spelledOut(Scrypt.FOLDER.kernel("scrypt.cl")));
    }
}
