package filon.plumbing.outbox;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Topics that took nothing lately: each rests for a pause that doubles from one second to eight.
 *
 * <p>A try that fails may hold up its thread for as long as the producer waits. So rested topics are tried one at a time, in
 * turns, with a second between two failures: any number of them leaves time to those that work. Belongs to one thread.
 */
final class RestingTopics {
    private static final long PAUSE_FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MAX = TimeUnit.SECONDS.toNanos(8);
    private final LongSupplier nanos;
    private final Map<String, Rest> rests = new HashMap<>();
    private long lastFailure;

    private record Rest(long until, long pause) {}

    /** @param nanos a clock that only rises */
    RestingTopics(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isResting(String topic) {
        Rest rest = rests.get(topic);
        return rest != null && rest.until() - nanos.getAsLong() > 0;
    }

    /** Those that rest or have rested and not worked since. */
    List<String> suspects() {
        return rests.keySet().stream().sorted().toList();
    }

    /** The suspect that should be tried now: of those that have rested, the one that has waited longest. */
    Optional<String> due() {
        long now = nanos.getAsLong();
        if (now - lastFailure < PAUSE_FIRST) {
            return Optional.empty();
        }
        return rests.entrySet().stream()
                .filter(entry -> entry.getValue().until() - now <= 0)
                .max(Comparator.comparingLong(entry -> now - entry.getValue().until()))
                .map(Map.Entry::getKey);
    }

    /** Lets a topic rest, longer each time; returns whether it had worked before. */
    boolean rest(String topic) {
        Rest last = rests.get(topic);
        long pause = last == null ? PAUSE_FIRST : Math.min(last.pause() * 2, PAUSE_MAX);
        lastFailure = nanos.getAsLong();
        rests.put(topic, new Rest(lastFailure + pause, pause));
        return last == null;
    }

    void works(String topic) {
        rests.remove(topic);
    }
}
