package filon.mining.algorithm.sha256d;

import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/** The words that the kernel reads for one work, in the order its header comment gives. */
final class Sha256dJob {
    static final int WORDS = 27;
    private static final int BLOCK_WORDS = 16;
    private static final int HEADER_BITS = 640;
    private static final int ROUNDS_WITHOUT_NONCE = 3;

    private Sha256dJob() {}

    /** Writes the words from position 0 on. */
    static void write(Work work, IntBuffer words) {
        IntBuffer header = ByteBuffer.wrap(work.header().prefix()).asIntBuffer();
        int[] firstBlock = new int[BLOCK_WORDS];
        header.get(firstBlock);
        int[] secondBlock = new int[BLOCK_WORDS];
        header.get(secondBlock, 0, 3);
        secondBlock[4] = 0x80000000;
        secondBlock[15] = HEADER_BITS;
        int[] midstate = Sha256Rounds.compressed(firstBlock);
        int[] schedule = Sha256Rounds.schedule(secondBlock);
        // words 16 and 17 depend on words 0, 1, 2, 9, 10, 14, 15: not on the nonce in word 3, which is zero here
        words.position(0);
        words.put(midstate);
        words.put(Sha256Rounds.rounds(midstate, schedule, ROUNDS_WITHOUT_NONCE));
        words.put(secondBlock[2]);
        words.put(schedule, BLOCK_WORDS, 2);
        words.put(ByteBuffer.wrap(work.target().bytes()).asIntBuffer());
    }

    static {
        assert WORDS == 8 + 8 + 1 + 2 + Target.LENGTH / Integer.BYTES;
    }
}
