package filon.practice;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Quirk;
import java.math.BigDecimal;

/** What tests of the Ethereum family's pools have in common. */
final class Ethash {
    static final ProofOfWork ETHASH = ProofsOfWork.of("ethash").reduced();
    /** About every fourth hash is a share. */
    static final double TRIVIAL = 1e-9;

    static final Target TARGET = ETHASH.targetOf(BigDecimal.valueOf(TRIVIAL));
    static final String ZERO_SEED = "0".repeat(64);
    /** keccak256 of 32 zeros: the seed of epoch 1. */
    static final String SEED_1 = "290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";

    private Ethash() {}

    static Scene scene(Dialect dialect, Quirk... quirks) {
        return new Scene(Plan.of(ETHASH, dialect, TRIVIAL).with(quirks));
    }
}
