package filon.mining.algorithm.kawpow;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.dag.LightCache;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * ProgPoW hashes by the light cache alone (EIP-1057, revision 0.9.4).
 *
 * @param cacheWords the first 16 KiB of the dataset: int[4096]
 */
record ProgPowReference(ProgPowRules rules, LightCache lightCache, int[] cacheWords) {
    private static final int MIX_WORDS = 8;

    static ProgPowReference of(ProgPowRules rules, LightCache lightCache) {
        int[] words = new int[ProgPowRules.CACHE_WORDS];
        for (int item = 0; item < words.length / 16; item++) {
            System.arraycopy(lightCache.item(item), 0, words, 16 * item, 16);
        }
        return new ProgPowReference(rules, lightCache, words);
    }

    /**
     * @param headerHash byte[32]
     * @param program of the header's period
     * @param items is told which items of 256 bytes of the dataset are read
     */
    Digest digest(RandomProgram program, byte[] headerHash, long nonce, IntConsumer items) {
        int[] state = new int[25];
        words(headerHash).get(state, 0, 8);
        state[8] = (int) nonce;
        state[9] = (int) (nonce >>> 32);
        pad(state, 10);
        Keccak800.permute(state);
        int[] last = new int[25];
        System.arraycopy(state, 0, last, 0, 8);
        int[] mix = mix(program, state[0], state[1], items);
        System.arraycopy(mix, 0, last, 8, MIX_WORDS);
        pad(last, 16);
        Keccak800.permute(last);
        return new Digest(bytes(last), bytes(mix));
    }

    private void pad(int[] state, int from) {
        for (int i = from; i < state.length; i++) {
            state[i] = rules.padding().get(i - from);
        }
    }

    private static java.nio.IntBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }

    private static byte[] bytes(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words, 0, 8);
        return bytes.array();
    }

    private int[] mix(RandomProgram program, int seedLow, int seedHigh, IntConsumer items) {
        int[][] lanes = new int[ProgPowRules.LANES][ProgPowRules.REGISTERS];
        for (int lane = 0; lane < lanes.length; lane++) {
            Kiss99 random = Kiss99.ofLane(seedLow, seedHigh, lane);
            for (int register = 0; register < ProgPowRules.REGISTERS; register++) {
                lanes[lane][register] = random.next();
            }
        }
        int itemCount = ProgPowRules.items(lightCache.epoch());
        for (int round = 0; round < ProgPowRules.ROUNDS; round++) {
            int item = Integer.remainderUnsigned(lanes[round % ProgPowRules.LANES][0], itemCount);
            items.accept(item);
            int[] words = item(item);
            for (int lane = 0; lane < lanes.length; lane++) {
                int from = (lane ^ round) % ProgPowRules.LANES * 4;
                for (RandomProgram.Step step : program.steps()) {
                    take(step, lanes[lane], words, from);
                }
            }
        }
        return reduced(lanes);
    }

    private int[] item(int item) {
        int[] words = new int[ProgPowRules.ITEM_WORDS];
        for (int part = 0; part < 4; part++) {
            System.arraycopy(lightCache.item(4 * item + part), 0, words, 16 * part, 16);
        }
        return words;
    }

    private void take(RandomProgram.Step step, int[] registers, int[] words, int from) {
        int data =
                switch (step) {
                    case RandomProgram.CacheRead read -> cacheWords[registers[read.source()] & (cacheWords.length - 1)];
                    case RandomProgram.Arithmetic math ->
                        computed(math.kind(), registers[math.first()], registers[math.second()]);
                    case RandomProgram.DatasetRead read -> words[from + read.word()];
                };
        registers[step.target()] = merged(step.merge(), registers[step.target()], data);
    }

    /** EIP-1057, "math". */
    private static int computed(int kind, int a, int b) {
        return switch (kind) {
            case 0 -> a + b;
            case 1 -> a * b;
            case 2 -> (int) ((Integer.toUnsignedLong(a) * Integer.toUnsignedLong(b)) >>> 32);
            case 3 -> Integer.compareUnsigned(a, b) < 0 ? a : b;
            case 4 -> Integer.rotateLeft(a, b);
            case 5 -> Integer.rotateRight(a, b);
            case 6 -> a & b;
            case 7 -> a | b;
            case 8 -> a ^ b;
            case 9 -> Integer.numberOfLeadingZeros(a) + Integer.numberOfLeadingZeros(b);
            case 10 -> Integer.bitCount(a) + Integer.bitCount(b);
            default -> throw new IllegalArgumentException("math of kind " + kind + "; there are 0 to 10");
        };
    }

    /** EIP-1057, "merge". */
    private static int merged(RandomProgram.Merge merge, int a, int b) {
        return switch (merge.kind()) {
            case 0 -> a * 33 + b;
            case 1 -> (a ^ b) * 33;
            case 2 -> Integer.rotateLeft(a, merge.rotation()) ^ b;
            case 3 -> Integer.rotateRight(a, merge.rotation()) ^ b;
            default -> throw new IllegalArgumentException("merge of kind " + merge.kind() + "; there are 0 to 3");
        };
    }

    private static int[] reduced(int[][] lanes) {
        int[] mix = new int[MIX_WORDS];
        for (int lane = 0; lane < lanes.length; lane++) {
            int hash = Kiss99.fnv1a(lanes[lane][0]);
            for (int register = 1; register < ProgPowRules.REGISTERS; register++) {
                hash = Kiss99.fnv1a(hash, lanes[lane][register]);
            }
            int word = lane % MIX_WORDS;
            mix[word] = lane < MIX_WORDS ? Kiss99.fnv1a(hash) : Kiss99.fnv1a(mix[word], hash);
        }
        return mix;
    }
}
