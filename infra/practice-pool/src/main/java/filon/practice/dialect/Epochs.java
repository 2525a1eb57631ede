package filon.practice.dialect;

import filon.mining.algorithm.dag.Keccak;

/**
 * Which dataset a height is mined with, as pools tell it: by a number, or by a seed that is hashed once for each epoch before.
 *
 * @param number counts epochs
 * @param rounds how often zeros are hashed
 */
record Epochs(long number, long rounds) {
    private static final long ETHASH = 30_000;
    private static final long KAWPOW = 7_500;
    /** From here on Ethereum Classic's epochs are twice as long (ECIP-1099); seeds count the short ones. */
    private static final long ECIP_1099 = 11_700_000;

    private static final int SEED_BYTES = 32;

    static Epochs at(String algorithm, long height) {
        if (algorithm.equals("kawpow")) {
            return new Epochs(height / KAWPOW, height / KAWPOW);
        }
        if (algorithm.equals("etchash") && height >= ECIP_1099) {
            long number = height / (2 * ETHASH);
            return new Epochs(number, 2 * number);
        }
        return new Epochs(height / ETHASH, height / ETHASH);
    }

    /** byte[32] */
    byte[] seed() {
        byte[] seed = new byte[SEED_BYTES];
        for (long i = 0; i < rounds; i++) {
            seed = Keccak.hash256(seed);
        }
        return seed;
    }
}
