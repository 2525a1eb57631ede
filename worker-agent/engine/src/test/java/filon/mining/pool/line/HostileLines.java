package filon.mining.pool.line;

import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Lines of a pool in any order, whole and damaged, to whatever session. */
public final class HostileLines {
    private static final int ROUNDS = 300;
    private static final int LINES = 40;

    private HostileLines() {}

    /** Only an end of the session may come of them; the seed is told where more does. */
    public static void survivedBy(Supplier<Dialogue> dialogues, List<String> honest) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            try {
                hold(dialogues.get(), honest, random);
            } catch (IOException ended) {
                // a session may end over nonsense
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void hold(Dialogue dialogue, List<String> honest, SplittableRandom random) throws IOException {
        dialogue.open();
        for (int i = 0; i < LINES; i++) {
            String line = honest.get(random.nextInt(honest.size()));
            dialogue.pool(random.nextBoolean() ? line : MutatedLine.of(line, random));
            for (PoolJob job : dialogue.jobs()) {
                dialogue.session().submit(dialogue.share(job, 9));
            }
            dialogue.session().identity();
            dialogue.events().clear();
        }
    }
}
