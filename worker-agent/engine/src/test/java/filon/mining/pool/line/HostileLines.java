package filon.mining.pool.line;

import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Lines of a pool in any order, whole and damaged, to whatever session. */
public final class HostileLines {
    private static final int ROUNDS = 300;
    private static final int LINES = 40;
    private static final Duration PAUSE_MAX = Duration.ofMillis(900);

    private HostileLines() {}

    /** Only an end of the session may come of them; the seed is told where more does. */
    public static void survivedBy(Supplier<Dialogue> dialogues, List<String> honest) {
        survivedBy(dialogues, honest, Duration.ZERO);
    }

    /** The same while time goes by between the lines, as dialects look at the clock that ask for their work. */
    public static void survivedOverTimeBy(Supplier<Dialogue> dialogues, List<String> honest) {
        survivedBy(dialogues, honest, PAUSE_MAX);
    }

    private static void survivedBy(Supplier<Dialogue> dialogues, List<String> honest, Duration pauseMax) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            try {
                hold(dialogues.get(), honest, pauseMax, random);
            } catch (IOException ended) {
                // a session may end over nonsense
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void hold(Dialogue dialogue, List<String> honest, Duration pauseMax, SplittableRandom random)
            throws IOException {
        dialogue.open();
        for (int i = 0; i < LINES; i++) {
            String line = honest.get(random.nextInt(honest.size()));
            dialogue.pool(random.nextBoolean() ? line : MutatedLine.of(line, random));
            for (PoolJob job : dialogue.jobs()) {
                dialogue.session().submit(dialogue.share(job, 9));
            }
            dialogue.session().identity();
            dialogue.events().clear();
            dialogue.later(Duration.ofMillis(random.nextLong(pauseMax.toMillis() + 1)));
        }
    }
}
