package filon.agent.uplink;

import filon.agent.identity.Identity;
import filon.agent.meter.LoggedReport;
import filon.agent.meter.MeteringLogWriter;
import filon.contracts.message.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Sends the metering log, entry by entry, byte for byte, from the oldest that is not trimmed; on its own thread.
 *
 * <p>A batch is of one incarnation and goes out only when the one before is acknowledged whole: hence a report that billing has seen
 * proves that all of earlier incarnations are on the topic before it, and trimming may pass over them. After a failure and after a restart entries are sent again; billing knows them by number.
 */
public final class UsageSender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(UsageSender.class);
    private static final int BATCH = 50;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private final Identity identity;
    private final MeteringLogWriter log;
    private final Uplink uplink;
    private final Thread thread;
    private volatile boolean closed;
    private long incarnation;
    private long sequence;
    private boolean isFailing;

    private UsageSender(Identity identity, MeteringLogWriter log, Uplink uplink) {
        this.identity = identity;
        this.log = log;
        this.uplink = uplink;
        this.thread = Thread.ofPlatform().name("usage-sender").daemon().unstarted(this::run);
    }

    public static UsageSender start(Identity identity, MeteringLogWriter log, Uplink uplink) {
        UsageSender sender = new UsageSender(identity, log, uplink);
        sender.thread.start();
        return sender;
    }

    /** Says that the log has grown. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Sends what is there, for at most a moment; the rest goes after the next start. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean more = true;
        while (!closed || more) {
            Outcome outcome = sendBatch();
            more = outcome == Outcome.SENT;
            switch (outcome) {
                case SENT -> LOG.debugf("Usage is sent through %d/%d", incarnation, sequence);
                case NOTHING_NEW -> pause(IDLE);
                case FAILED -> pause(PAUSE);
            }
        }
    }

    private enum Outcome {
        SENT,
        NOTHING_NEW,
        FAILED
    }

    private void pause(Duration time) {
        if (!closed) {
            LockSupport.parkNanos(time.toNanos());
        }
    }

    private Outcome sendBatch() {
        try {
            List<LoggedReport> batch = log.after(incarnation, sequence, BATCH);
            if (batch.isEmpty()) {
                return Outcome.NOTHING_NEW;
            }
            send(batch);
            isFailing = false;
            return Outcome.SENT;
        } catch (IOException | CompletionException e) {
            if (!isFailing) {
                LOG.warnf("Usage reports wait in the log after %d/%d: %s", incarnation, sequence, e.getMessage());
            }
            isFailing = true;
            return Outcome.FAILED;
        }
    }

    private void send(List<LoggedReport> batch) {
        long life = batch.getFirst().incarnation();
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (LoggedReport entry : batch) {
            if (entry.incarnation() != life) {
                break;
            }
            sent.add(uplink.send(UplinkRecord.sealed(
                    identity, Topics.USAGE_REPORTS, identity.hostId().toString(), entry.value())));
            if (sent.getLast().isCompletedExceptionally()) {
                break; // nothing after it may arrive before it
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            sent.get(i).join();
            incarnation = batch.get(i).incarnation();
            sequence = batch.get(i).sequence();
        }
    }
}
