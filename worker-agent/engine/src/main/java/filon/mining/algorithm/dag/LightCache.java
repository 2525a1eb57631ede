package filon.mining.algorithm.dag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The small table of an epoch, from which any item of its dataset can be computed (Ethereum yellow paper, appendices J.3.2 and
 * J.3.3).
 */
public final class LightCache {
    private static final int ITEM_WORDS = 16;
    private static final int ROUNDS = 3;
    private static final int PRIME = 0x01000193;

    private final Epoch epoch;
    private final int[] words;

    private LightCache(Epoch epoch, int[] words) {
        this.epoch = epoch;
        this.words = words;
    }

    /** Takes 0.4 s for the first epoch, and longer for later ones: each item depends on the one before. */
    public static LightCache of(Epoch epoch) {
        int items = epoch.cacheItems();
        int[] words = new int[items * ITEM_WORDS];
        ByteBuffer.wrap(Keccak.hash512(epoch.seed()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(words, 0, ITEM_WORDS);
        int[] item = new int[ITEM_WORDS];
        for (int i = 1; i < items; i++) {
            System.arraycopy(words, (i - 1) * ITEM_WORDS, item, 0, ITEM_WORDS);
            Keccak.hash512(item);
            System.arraycopy(item, 0, words, i * ITEM_WORDS, ITEM_WORDS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < items; i++) {
                int before = (i + items - 1) % items;
                int other = Integer.remainderUnsigned(words[i * ITEM_WORDS], items);
                for (int word = 0; word < ITEM_WORDS; word++) {
                    item[word] = words[before * ITEM_WORDS + word] ^ words[other * ITEM_WORDS + word];
                }
                Keccak.hash512(item);
                System.arraycopy(item, 0, words, i * ITEM_WORDS, ITEM_WORDS);
            }
        }
        return new LightCache(epoch, words);
    }

    public Epoch epoch() {
        return epoch;
    }

    /** Item {@code index} of the dataset: int[16], little-endian words of 64 bytes. */
    public int[] item(int index) {
        int items = epoch.cacheItems();
        int[] mix = new int[ITEM_WORDS];
        System.arraycopy(words, Integer.remainderUnsigned(index, items) * ITEM_WORDS, mix, 0, ITEM_WORDS);
        mix[0] ^= index;
        Keccak.hash512(mix);
        for (int parent = 0; parent < epoch.parents(); parent++) {
            int chosen = (index ^ parent) * PRIME ^ mix[parent % ITEM_WORDS];
            int from = Integer.remainderUnsigned(chosen, items) * ITEM_WORDS;
            for (int word = 0; word < ITEM_WORDS; word++) {
                mix[word] = mix[word] * PRIME ^ words[from + word];
            }
        }
        Keccak.hash512(mix);
        return mix;
    }

    /** Two items, as they lie in the dataset: byte[128]. */
    public byte[] page(int page) {
        ByteBuffer bytes = ByteBuffer.allocate(Epoch.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(item(2 * page)).put(item(2 * page + 1));
        return bytes.array();
    }

    /** The whole cache as it lies in memory, little-endian. */
    public ByteBuffer bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes;
    }
}
