package filon.mining.algorithm.ethash;

import filon.mining.algorithm.SeededEpochs;
import filon.mining.algorithm.dag.Keccak;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How often 32 zero bytes were hashed to get a seed (Ethereum yellow paper, appendix J.2): there is no other way than to try. */
final class Seeds {
    private static final Map<ByteBuffer, Integer> ROUNDS = walk();

    private Seeds() {}

    private static Map<ByteBuffer, Integer> walk() {
        Map<ByteBuffer, Integer> rounds = HashMap.newHashMap(SeededEpochs.EPOCHS_MAX);
        byte[] seed = new byte[32];
        for (int round = 0; round < SeededEpochs.EPOCHS_MAX; round++) {
            rounds.put(ByteBuffer.wrap(seed), round);
            seed = Keccak.hash256(seed);
        }
        return Map.copyOf(rounds);
    }

    /** Empty for what is no seed of an epoch that is looked for. */
    static OptionalInt roundsOf(byte[] seed) {
        Integer rounds = ROUNDS.get(ByteBuffer.wrap(seed));
        return rounds == null ? OptionalInt.empty() : OptionalInt.of(rounds);
    }
}
