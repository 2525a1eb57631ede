package filon.mining.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The shares of one session that were sent and wait for their verdicts, by the number each was sent under; in the order in which they
 * were sent, as a number is used again when it is free.
 */
public final class OpenShares {
    private final Map<Long, Sent> byNumber = new LinkedHashMap<>();

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

    /** How many shares there are up to this number and with it, where numbers only grow. */
    public int countUpTo(long number) {
        return (int) byNumber.keySet().stream().filter(each -> each <= number).count();
    }

    /** The newest of the shares up to this number and with it, oldest first, where numbers only grow; they wait no more. */
    public List<Sent> takeNewest(long number, long count) {
        List<Long> numbers =
                byNumber.keySet().stream().filter(each -> each <= number).toList();
        return numbers.subList((int) Math.max(0, numbers.size() - count), numbers.size()).stream()
                .map(byNumber::remove)
                .toList();
    }

    /** Those that waited longer than this, oldest first; they wait no more. */
    public List<Sent> takeExpired(long now, Duration patience) {
        return takeAll((_, sent) -> now - sent.sentNanos() > patience.toNanos());
    }

    private List<Sent> takeAll(BiPredicate<Long, Sent> which) {
        List<Sent> taken = new ArrayList<>();
        byNumber.entrySet().removeIf(each -> {
            boolean isTaken = which.test(each.getKey(), each.getValue());
            return isTaken && taken.add(each.getValue());
        });
        return taken;
    }

    public int count() {
        return byNumber.size();
    }

    /** All of them, oldest first; none waits any more. */
    public List<Share> end() {
        return takeAll((_, _) -> true).stream().map(Sent::share).toList();
    }
}
