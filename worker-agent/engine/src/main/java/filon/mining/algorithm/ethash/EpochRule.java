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

        @Override
        boolean isIn(long epoch, long height) {
            return height / LENGTH == epoch;
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

        @Override
        boolean isIn(long epoch, long height) {
            boolean isOfLongOne = height >= ECIP_1099_HEIGHT && height / (2 * LENGTH) == epoch;
            return isOfLongOne || ETHASH.isIn(epoch, height); // some pools never stopped to count the short ones
        }

        @Override
        boolean isSeeded(int rounds) {
            return rounds * LENGTH < ECIP_1099_HEIGHT || rounds % 2 == 0;
        }
    },
    /** The sizes of the public tests of reduced size: a cache of 1 KiB, a dataset of 32 KiB, for every height. */
    REDUCED {
        @Override
        Epoch at(long height) {
            return new Epoch(0, 0, 1024 / Epoch.ITEM_BYTES, 32 * 1024 / Epoch.PAGE_BYTES, PARENTS);
        }

        @Override
        boolean isIn(long epoch, long height) {
            return true;
        }
    };

    private static final long LENGTH = 30_000;
    private static final long ECIP_1099_HEIGHT = 11_700_000;
    private static final int PARENTS = 256;

    /** @throws IllegalArgumentException if the height is beyond what this engine can count */
    abstract Epoch at(long height);

    /** Whether the height is in the epoch of this number, as the coin's pools count. */
    abstract boolean isIn(long epoch, long height);

    /** Whether an epoch has the seed that so many rounds make. */
    boolean isSeeded(int rounds) {
        return true;
    }

    /**
     * The first height of the epoch with the seed that so many rounds make: each round stands for a short epoch, whatever the rule; where
     * every height has the same dataset too.
     */
    static long heightOf(int rounds) {
        return rounds * LENGTH;
    }

    /** The epoch that follows that of the height. */
    Epoch after(long height) {
        Epoch now = at(height);
        Epoch next = at(height + LENGTH);
        return next.equals(now) ? at(height + 2 * LENGTH) : next;
    }
}
