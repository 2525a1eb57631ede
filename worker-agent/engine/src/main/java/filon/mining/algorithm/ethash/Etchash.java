package filon.mining.algorithm.ethash;

/** Etchash: {@link Ethash} with the longer epochs that Ethereum Classic has had since its block 11,700,000 (ECIP-1099). */
public final class Etchash extends Ethash {
    public Etchash() {
        super("etchash", EpochRule.ETCHASH, kernels());
    }
}
