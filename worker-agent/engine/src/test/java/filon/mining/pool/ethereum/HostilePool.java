package filon.mining.pool.ethereum;

import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.Share;
import filon.mining.pool.line.MutatedLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A pool that says what honest ones say, damaged and in any order. */
public final class HostilePool {
    private static final int SESSIONS = 300;
    private static final int LINES = 40;

    private HostilePool() {}

    /** Fails, telling the seed, unless every session goes on or ends with a reason. */
    public static void meets(Supplier<Dialogue> sessions, List<String> honest) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int session = 0; session < SESSIONS; session++) {
            try {
                speak(sessions.get(), honest, random);
            } catch (IOException ended) {
                // a session may end over nonsense; nothing else may happen
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void speak(Dialogue talk, List<String> honest, SplittableRandom random) throws IOException {
        talk.open();
        for (int i = 0; i < LINES; i++) {
            String line = honest.get(random.nextInt(honest.size()));
            talk.pool(random.nextBoolean() ? line : MutatedLine.of(line, random));
            for (PoolJob job : talk.jobs()) {
                Share share = talk.share(job, 1);
                talk.session().submit(share);
            }
            talk.events().clear();
            talk.later(Duration.ofMillis(random.nextInt(900)));
        }
    }
}
