package filon.mining.algorithm.ethash;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.dag.Keccak;
import filon.mining.algorithm.dag.LightCache;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/** One hash by the light cache alone (Ethereum yellow paper, appendix J.4). */
final class Hashimoto {
    private static final int ACCESSES = 64;
    private static final int MIX_WORDS = 32;
    private static final int PRIME = 0x01000193;

    private Hashimoto() {}

    /**
     * @param headerHash byte[32]
     * @param pages is told which pages of the dataset are read
     */
    static Digest digest(LightCache cache, byte[] headerHash, long nonce, IntConsumer pages) {
        byte[] message = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(headerHash)
                .putLong(nonce)
                .array();
        byte[] seed = Keccak.hash512(message);
        int[] seedWords = new int[16];
        ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(seedWords);
        int[] mix = new int[MIX_WORDS];
        System.arraycopy(seedWords, 0, mix, 0, 16);
        System.arraycopy(seedWords, 0, mix, 16, 16);
        for (int access = 0; access < ACCESSES; access++) {
            int chosen = (access ^ seedWords[0]) * PRIME ^ mix[access % MIX_WORDS];
            int page = Integer.remainderUnsigned(chosen, cache.epoch().datasetPages());
            pages.accept(page);
            mixIn(mix, 0, cache.item(2 * page));
            mixIn(mix, 16, cache.item(2 * page + 1));
        }
        byte[] compressed = compressed(mix);
        byte[] hash =
                Keccak.hash256(ByteBuffer.allocate(96).put(seed).put(compressed).array());
        return new Digest(hash, compressed);
    }

    private static void mixIn(int[] mix, int from, int[] item) {
        for (int word = 0; word < item.length; word++) {
            mix[from + word] = mix[from + word] * PRIME ^ item[word];
        }
    }

    private static byte[] compressed(int[] mix) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int word = 0; word < MIX_WORDS; word += 4) {
            int first = mix[word] * PRIME ^ mix[word + 1];
            int second = first * PRIME ^ mix[word + 2];
            bytes.putInt(second * PRIME ^ mix[word + 3]);
        }
        return bytes.array();
    }
}
