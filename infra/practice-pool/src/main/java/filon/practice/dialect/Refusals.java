package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import java.util.Optional;

/**
 * What a dialect says of shares that it need not judge.
 *
 * @param workerFirst whether a strange worker is found before a missing subscription
 * @param stale of a job that the miner was not sent, or that is no longer good
 */
record Refusals(boolean workerFirst, String notSubscribed, String unauthorised, String stale) {
    /** As most pools say it. */
    static final Refusals PLAIN = new Refusals(false, "not subscribed", "unauthorized worker", "job not found");

    static final Refusals WORKER_FIRST = new Refusals(true, "not subscribed", "unauthorized worker", "job not found");
    static final Refusals CAPITAL = new Refusals(false, "Not subscribed", "Unauthorized worker", "Job not found");

    /** Empty where the miner may submit for the worker. */
    Optional<Verdict> of(boolean subscribed, boolean workerIsKnown) {
        Optional<Verdict> noSubscription = refusal(subscribed, PoolError.NOT_SUBSCRIBED, notSubscribed);
        Optional<Verdict> noWorker = refusal(workerIsKnown, PoolError.UNAUTHORISED, unauthorised);
        return workerFirst ? noWorker.or(() -> noSubscription) : noSubscription.or(() -> noWorker);
    }

    private static Optional<Verdict> refusal(boolean holds, PoolError error, String why) {
        return holds ? Optional.empty() : Optional.of(new Verdict.Refused(error, why));
    }
}
