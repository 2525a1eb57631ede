package filon.mining.algorithm.ethash;

import filon.mining.algorithm.dag.Epoch;

/** Which epoch a height is in: all that ethash and etchash differ in. */
enum EpochRule {
    /** An epoch every 30,000 blocks (Ethereum yellow paper, appendix J.1). */
    ETHASH {
        @Override
        Epoch at(long height) {
            long number = height / LENGTH;
            return Epoch.of(number, number, PARENTS);
        }
    },
    /** As ethash before Ethereum Classic's block 11,700,000; from there on an epoch every 60,000 blocks (ECIP-1099). */
    ETCHASH {
        @Override
        Epoch at(long height) {
            if (height < ECIP_1099_HEIGHT) {
                return ETHASH.at(height);
            }
            long number = height / (2 * LENGTH);
            // sizes count the long epochs, seeds still the short ones
            return Epoch.of(number, 2 * number, PARENTS);
        }
    },
    /** The sizes of the public tests of reduced size: a cache of 1 KiB, a dataset of 32 KiB, for every height. */
    REDUCED {
        @Override
        Epoch at(long height) {
            return new Epoch(0, 0, 1024 / Epoch.ITEM_BYTES, 32 * 1024 / Epoch.PAGE_BYTES, PARENTS);
        }
    };

    private static final long LENGTH = 30_000;
    private static final long ECIP_1099_HEIGHT = 11_700_000;
    private static final int PARENTS = 256;

    /** @throws IllegalArgumentException if the height is beyond what this engine can count */
    abstract Epoch at(long height);

    /** The epoch that follows that of the height. */
    Epoch after(long height) {
        Epoch now = at(height);
        Epoch next = at(height + LENGTH);
        return next.equals(now) ? at(height + 2 * LENGTH) : next;
    }
}
