package filon.mining.workload;

import filon.contracts.value.HashRate;
import filon.mining.device.Readings;
import filon.mining.engine.MiningState;
import filon.mining.engine.RateWindow;
import filon.mining.engine.StateChange;
import filon.mining.engine.Tally;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.Share;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Turns time, states, hashes and verdicts into meter records whose spans cover the life of the process without gap or overlap.
 * Continues numbers and counters of the processes before it.
 *
 * <p>Belongs to one thread; only {@link #sending} and {@link #judged} may be called from others.
 */
final class Journal {
    private static final int SHARES_PER_RECORD_MAX = 500;

    private final MeterLog log;
    private final String bootId;
    private final LongSupplier ticker;
    private final Clock clock;
    private final Queue<ShareProof> judged = new ConcurrentLinkedQueue<>();
    private final RateWindow rate = new RateWindow();
    private final long hashesBefore;
    private final long hardwareErrorsBefore;
    private long n;
    private Counters counters;
    private long spanStartNanos;
    private MiningState state = MiningState.PREPARING;
    private String reason = "starting";
    private Instant since;

    Journal(MeterLog log, String bootId, LongSupplier ticker, Clock clock) {
        this.log = log;
        this.bootId = bootId;
        this.ticker = ticker;
        this.clock = clock;
        this.n = log.lastOfPredecessor().map(MeterRecord::n).orElse(0L);
        this.counters = log.lastOfPredecessor().map(MeterRecord::counters).orElse(Counters.NONE);
        this.hashesBefore = counters.hashes();
        this.hardwareErrorsBefore = counters.hardwareErrors();
        this.spanStartNanos = ticker.getAsLong();
        this.since = clock.instant();
        rate.add(spanStartNanos, counters.hashes());
        judged.addAll(log.unrecorded());
    }

    /** Notes a share before it is sent. Safe for any thread. */
    void sending(Share share) throws IOException {
        log.sending(ShareProof.of(share));
    }

    /** Takes a verdict to be written with the next record. Safe for any thread. */
    void judged(PoolEvent.Judged event) {
        judged.add(ShareProof.of(event.share(), event.verdict(), event.latencyMillis()));
    }

    /** Closes the span at the change, and begins the next one in the new state. */
    void changed(StateChange change, Readings readings) throws IOException {
        long at = Math.max(change.atNanos(), spanStartNanos);
        if (at > spanStartNanos) {
            append(at, hashesBefore + change.hashes(), readings, false);
        }
        state = change.state();
        reason = change.reason();
        since = clock.instant();
    }

    /** Closes the span now; the state goes on. */
    void tick(Tally tally, Readings readings) throws IOException {
        countErrors(tally);
        appendAll(ticker.getAsLong(), hashesBefore + tally.hashes(), readings, false);
    }

    /** The last record of this process. */
    void end(Tally tally, Readings readings) throws IOException {
        countErrors(tally);
        appendAll(ticker.getAsLong(), hashesBefore + tally.hashes(), readings, true);
    }

    /** As many records as the verdicts take, all but the first of an empty span: none wait for another second, or they would pile up. */
    private void appendAll(long at, long hashes, Readings readings, boolean isFinal) throws IOException {
        for (int waiting = judged.size(); waiting > SHARES_PER_RECORD_MAX; waiting -= SHARES_PER_RECORD_MAX) {
            append(at, hashes, readings, false);
        }
        append(at, hashes, readings, isFinal);
    }

    private void countErrors(Tally tally) {
        counters = new Counters(
                counters.hashes(),
                counters.accepted(),
                counters.rejected(),
                counters.stale(),
                counters.unanswered(),
                hardwareErrorsBefore + tally.hardwareErrors());
    }

    private void append(long at, long hashes, Readings readings, boolean isFinal) throws IOException {
        List<ShareProof> shares = new ArrayList<>();
        for (ShareProof proof = judged.poll(); proof != null; proof = judged.poll()) {
            shares.add(proof);
            if (shares.size() == SHARES_PER_RECORD_MAX) {
                break;
            }
        }
        counters = counted(Math.max(hashes, counters.hashes()), shares);
        rate.add(at, counters.hashes());
        n++;
        log.append(new MeterRecord(
                n,
                bootId,
                spanStartNanos,
                at,
                clock.millis(),
                state,
                reason,
                counters.hashes(),
                counters.accepted(),
                counters.rejected(),
                counters.stale(),
                counters.unanswered(),
                counters.hardwareErrors(),
                hashRate().hashesPerSecond(),
                readings.temperatureCelsius(),
                readings.powerMilliwatt(),
                readings.sensors(),
                isFinal,
                shares));
        spanStartNanos = at;
    }

    private Counters counted(long hashes, List<ShareProof> shares) {
        return new Counters(
                hashes,
                counters.accepted() + count(shares, "accepted"),
                counters.rejected() + count(shares, "rejected"),
                counters.stale() + count(shares, "stale"),
                counters.unanswered() + count(shares, "unanswered"),
                counters.hardwareErrors());
    }

    private static long count(List<ShareProof> shares, String verdict) {
        return shares.stream().filter(share -> share.verdict().equals(verdict)).count();
    }

    HashRate hashRate() {
        return new HashRate((long) rate.perSecond());
    }

    WorkloadStatus status(String deviceName, String pool) {
        return new WorkloadStatus(state, reason, since, hashRate(), counters, deviceName, pool);
    }
}
