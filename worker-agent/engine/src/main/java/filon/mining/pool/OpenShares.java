package filon.mining.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The shares of one session that were sent and wait for their verdicts, by the number each was sent under; a number is used again when it is free. */
public final class OpenShares {
    private final NavigableMap<Long, Sent> byNumber = new TreeMap<>();

    /** @param again sent before, in a session that ended without an answer */
    public record Sent(Share share, long sentNanos, boolean again) {}

    public void add(long number, Sent share) {
        byNumber.put(number, share);
    }

    public boolean isOpen(long number) {
        return byNumber.containsKey(number);
    }

    /** The share of this number, which waits no more. */
    public Optional<Sent> take(long number) {
        return Optional.ofNullable(byNumber.remove(number));
    }

    /** All shares up to this number and with it, oldest first; they wait no more. */
    public List<Sent> takeUpTo(long number) {
        return taken(byNumber.headMap(number, true));
    }

    /** Those that waited longer than this, oldest first; they wait no more. */
    public List<Sent> takeExpired(long now, Duration patience) {
        List<Long> expired = new ArrayList<>();
        byNumber.forEach((number, sent) -> {
            if (now - sent.sentNanos() > patience.toNanos()) {
                expired.add(number);
            }
        });
        return expired.stream().map(byNumber::remove).toList();
    }

    public int count() {
        return byNumber.size();
    }

    /** All of them, oldest first; none waits any more. */
    public List<Share> end() {
        return taken(byNumber).stream().map(Sent::share).toList();
    }

    private static List<Sent> taken(NavigableMap<Long, Sent> part) {
        List<Sent> taken = List.copyOf(part.values());
        part.clear();
        return taken;
    }
}
