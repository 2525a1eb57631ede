package filon.mining.pool;

import filon.contracts.value.Pool;
import java.io.IOException;
import java.time.Duration;

/**
 * How far a session is, which of its jobs still count, and how long the pool may take; the same whatever is spoken.
 *
 * <pre>
 *   begun -- within patience --> authorised -- within limits.standby.job --> has a job
 *      '------------- never quiet for longer than limits.silence -------------'
 * </pre>
 *
 * <p>Belongs to the thread that serves pools.
 */
public final class SessionCourse {
    /** Verdicts on a thousand shares a second, jobs, and twice that; at once what a pool may have held back for seconds. */
    private static final int MESSAGES_PER_SECOND_MAX = 2_000;

    private static final int MESSAGES_AT_ONCE_MAX = 5 * MESSAGES_PER_SECOND_MAX;
    private static final int REMARKS_PER_SECOND_MAX = 2;
    private static final int REMARKS_AT_ONCE_MAX = 100;

    private final SessionTerms terms;
    private final PoolListener listener;
    private final Allowance messages;
    private final Allowance remarks;
    private long remarksLeftOut;
    private final long begunNanos;
    private long heardNanos;
    private long askedNanos;
    private long generation;
    private boolean authorised;
    private boolean hadJob;
    private long authorisedNanos;

    public SessionCourse(SessionTerms terms, PoolListener listener) {
        this.terms = terms;
        this.listener = listener;
        this.begunNanos = now();
        this.heardNanos = begunNanos;
        this.askedNanos = begunNanos;
        this.messages = new Allowance(MESSAGES_AT_ONCE_MAX, MESSAGES_PER_SECOND_MAX, begunNanos);
        this.remarks = new Allowance(REMARKS_AT_ONCE_MAX, REMARKS_PER_SECOND_MAX, begunNanos);
    }

    public SessionTerms terms() {
        return terms;
    }

    public Pool pool() {
        return terms.order().pool();
    }

    public long now() {
        return terms.terms().ticker().getAsLong();
    }

    /**
     * A line or a message came.
     *
     * @throws IOException if it is one of a flood, which would leave no time for other pools
     */
    public void heard() throws IOException {
        heardNanos = now();
        if (!messages.take(1, heardNanos)) {
            throw new IOException("the pool says more than " + MESSAGES_PER_SECOND_MAX + " messages a second");
        }
    }

    /** When that came which is being heard. */
    public long heardNanos() {
        return heardNanos;
    }

    /** The pool knows us. */
    public void authorised() {
        authorised = true;
        authorisedNanos = now();
        listener.on(new PoolEvent.Authorised(pool().address()));
    }

    public boolean isAuthorised() {
        return authorised;
    }

    /** Where a job stands that is made now. */
    public JobPlace place(long receivedNanos) {
        return new JobPlace(pool(), terms.id(), generation, receivedNanos);
    }

    /** All jobs so far are worthless: shares of them are not sent any more. */
    public void withdrawJobs() {
        generation++;
    }

    public void job(PoolJob job) {
        hadJob = true;
        listener.on(new PoolEvent.NewJob(job));
    }

    /** Tells people, unless the pool gives cause for it again and again: what is left out then is counted. */
    public void say(String text) {
        if (!remarks.take(1, now())) {
            remarksLeftOut++;
            return;
        }
        if (remarksLeftOut > 0) {
            listener.on(new PoolEvent.Said(pool().address(), "gave cause for " + remarksLeftOut + " remarks more"));
            remarksLeftOut = 0;
        }
        listener.on(new PoolEvent.Said(pool().address(), text));
    }

    /** Whether a share may still be sent; one that may not gets its verdict here. */
    public boolean admits(Share share) {
        boolean isOpen = share.sessionId() == terms.id() && share.generation() >= generation;
        if (!isOpen) {
            ShareVerdict.Delay ours = ShareVerdict.Delay.OURS;
            listener.on(new PoolEvent.Judged(share, new ShareVerdict.Stale(ours, 0, ours.text()), 0));
        }
        return isOpen;
    }

    /** A share is about to be sent. */
    public void sending(Share share) {
        listener.on(new PoolEvent.Sending(share));
    }

    public void judged(OpenShares.Sent sent, ShareVerdict verdict) {
        long latency = Duration.ofNanos(now() - sent.sentNanos()).toMillis();
        listener.on(new PoolEvent.Judged(sent.share(), verdict, latency));
    }

    /** Whose delay it is that the pool calls a share late now. */
    public ShareVerdict.Delay delayOf(Share share) {
        boolean withdrawnSince = share.sessionId() != terms.id() || share.generation() < generation;
        return withdrawnSince ? ShareVerdict.Delay.WAY : ShareVerdict.Delay.POOL;
    }

    /** Shares that waited for too long will not be answered. */
    public void expire(OpenShares shares, Duration patience) {
        shares.takeExpired(now(), patience)
                .forEach(sent ->
                        judged(sent, new ShareVerdict.Unanswered("no answer within " + patience.toSeconds() + " s")));
    }

    /** @throws IOException if the pool does not come to the point */
    public void tick() throws IOException {
        long now = now();
        PoolLimits limits = terms.terms().limits();
        if (!authorised && now - begunNanos > terms.patience().toNanos()) {
            throw new IOException(
                    "the pool did not authorise within " + terms.patience().toSeconds() + " s");
        }
        if (authorised
                && !hadJob
                && now - authorisedNanos > limits.standby().job().toNanos()) {
            throw new IOException(
                    "the pool sent no job within " + limits.standby().job().toSeconds() + " s");
        }
        if (now - heardNanos > limits.silence().toNanos()) {
            throw new IOException("the pool was silent for "
                    + Duration.ofNanos(now - heardNanos).toSeconds() + " s");
        }
    }

    /** Whether the pool has been quiet for so long that it is to be asked for a sign of life now; once for each such time. */
    public boolean asksForLife() {
        long quietSince = Math.max(heardNanos, askedNanos);
        boolean isDue =
                authorised && now() - quietSince > terms.terms().limits().ping().toNanos();
        if (isDue) {
            askedNanos = now();
        }
        return isDue;
    }
}
