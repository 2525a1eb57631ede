package filon.mining.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Shares of a session that ended before the pool answered. They are sent again in the next session of the same pool where the pool takes
 * it for the same one ({@link PoolSession#identity}); else, or when that takes too long, they stay unanswered. Each gets one verdict.
 */
final class UnsettledShares {
    private static final int COUNT_MAX = 1_000;

    private final BiConsumer<Share, ShareVerdict> verdicts;
    private final List<Share> shares = new ArrayList<>();
    private Optional<String> identity = Optional.empty();
    private long sessionId;
    private long sinceNanos;
    private boolean hasSettled;

    UnsettledShares(BiConsumer<Share, ShareVerdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** A session ended. */
    void sessionEnded(long id, PoolSession session, long now) {
        List<Share> open = session.end();
        if (!hasSettled) {
            return; // it never came to a job, as while a pool is started anew; the one before may yet go on
        }
        hasSettled = false;
        if (!session.identity().equals(identity)) {
            forget("the connection ended first");
        }
        identity = session.identity();
        sessionId = id;
        sinceNanos = now;
        for (Share share : open) {
            if (!keep(share)) {
                verdicts.accept(share, new ShareVerdict.Unanswered("the connection ended first"));
            }
        }
    }

    /** Whether a share of the session that ended last counts in this one too. */
    boolean counts(Share share, PoolSession session) {
        return share.sessionId() == sessionId && identity.isPresent() && identity.equals(session.identity());
    }

    /** Keeps a share of the session that ended last, if the next one might take it; whether it did. */
    boolean keep(Share share) {
        boolean isRoom = share.sessionId() == sessionId && identity.isPresent() && shares.size() < COUNT_MAX;
        return isRoom && shares.add(share);
    }

    /** A session is as far as a job. */
    void settle(PoolSession session) {
        hasSettled = true;
        if (!session.identity().equals(identity)) {
            forget("the connection ended first, and the pool began anew");
        }
        List<Share> again = List.copyOf(shares);
        shares.clear();
        again.forEach(session::settle);
    }

    void expire(long now, long patienceNanos) {
        if (!shares.isEmpty() && now - sinceNanos > patienceNanos) {
            forget("the connection ended first and did not come back in time");
        }
    }

    void forget(String why) {
        List<Share> lost = List.copyOf(shares);
        shares.clear();
        lost.forEach(share -> verdicts.accept(share, new ShareVerdict.Unanswered(why)));
    }
}
