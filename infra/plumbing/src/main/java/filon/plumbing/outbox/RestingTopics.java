package filon.plumbing.outbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Topics that took nothing lately: each rests for a pause that doubles from one second to eight. Belongs to one thread. */
final class RestingTopics {
    private static final long PAUSE_FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MAX = TimeUnit.SECONDS.toNanos(8);
    private final LongSupplier nanos;
    private final Map<String, Rest> rests = new HashMap<>();

    private record Rest(long until, long pause) {}

    /** @param nanos a clock that only rises */
    RestingTopics(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isResting(String topic) {
        Rest rest = rests.get(topic);
        return rest != null && rest.until() - nanos.getAsLong() > 0;
    }

    /** Those that rest right now. */
    List<String> topics() {
        return rests.keySet().stream().filter(this::isResting).sorted().toList();
    }

    /** Lets a topic rest, longer each time; returns whether it had worked before. */
    boolean rest(String topic) {
        Rest last = rests.get(topic);
        long pause = last == null ? PAUSE_FIRST : Math.min(last.pause() * 2, PAUSE_MAX);
        rests.put(topic, new Rest(nanos.getAsLong() + pause, pause));
        return last == null;
    }

    void works(String topic) {
        rests.remove(topic);
    }
}
