package filon.agent.uplink;

import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Sends states, events and samples from a bounded memory, on its own thread; nobody waits for it.
 *
 * <p>Of a state only the newest waits; events are kept until they are acknowledged; of samples, and of too many events, the oldest
 * are dropped, which a gap in the chain of events tells. Nothing of this is money.
 */
public final class Messenger implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Messenger.class);
    private static final int EVENTS_MAX = 1_000;
    private static final int SAMPLES_MAX = 500;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private final Identity identity;
    private final HostKey key;
    private final Uplink uplink;
    private final Thread thread;
    private final Map<String, UplinkRecord> states = new LinkedHashMap<>();
    private final Deque<UplinkRecord> events = new ArrayDeque<>();
    private final Deque<UplinkRecord> samples = new ArrayDeque<>();
    private volatile boolean closed;
    private boolean isFailing;

    private Messenger(Identity identity, HostKey key, Uplink uplink) {
        this.identity = identity;
        this.key = key;
        this.uplink = uplink;
        this.thread = Thread.ofPlatform().name("messenger").daemon().unstarted(this::run);
    }

    public static Messenger start(Identity identity, HostKey key, Uplink uplink) {
        Messenger messenger = new Messenger(identity, key, uplink);
        messenger.thread.start();
        return messenger;
    }

    /** Where the events of this life of the agent follow each other. */
    public Chain chain(String topic, long incarnation) {
        return new Chain(identity, key, topic, incarnation);
    }

    public void state(String topic, String recordKey, byte[] value) {
        synchronized (states) {
            states.put(topic + " " + recordKey, UplinkRecord.sealed(identity, topic, recordKey, value));
        }
        LockSupport.unpark(thread);
    }

    public void event(Chain chain, String recordKey, byte[] value) {
        add(events, EVENTS_MAX, chain.append(recordKey, value));
    }

    public void sample(String topic, String recordKey, byte[] value) {
        add(samples, SAMPLES_MAX, UplinkRecord.sealed(identity, topic, recordKey, value));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Deque<UplinkRecord> queue, int limit, UplinkRecord record) {
        synchronized (states) {
            if (queue.size() == limit) {
                queue.removeFirst();
            }
            queue.addLast(record);
        }
        LockSupport.unpark(thread);
    }

    private void run() {
        while (true) {
            List<UplinkRecord> batch = take();
            if (batch.isEmpty()) {
                if (closed) {
                    return;
                }
                LockSupport.parkNanos(IDLE.toNanos());
            } else if (!send(batch)) {
                if (closed) {
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Events first: they tell the story that the states are the end of. Events stay queued until acknowledged. */
    private List<UplinkRecord> take() {
        synchronized (states) {
            List<UplinkRecord> batch = new ArrayList<>(events);
            batch.addAll(states.values());
            batch.addAll(samples);
            states.clear();
            samples.clear();
            return batch;
        }
    }

    private boolean send(List<UplinkRecord> batch) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (UplinkRecord one : batch) {
            sent.add(uplink.send(one));
            if (sent.getLast().isCompletedExceptionally()) {
                break; // no broker is known: each further record would wait as long again
            }
        }
        try {
            for (int i = 0; i < sent.size(); i++) {
                sent.get(i).join();
                acknowledged(batch.get(i));
            }
            isFailing = false;
            return true;
        } catch (CompletionException e) {
            if (!isFailing) {
                LOG.warnf("The brokers cannot be reached, work goes on: %s", e.getMessage());
            }
            isFailing = true;
            return false;
        }
    }

    private void acknowledged(UplinkRecord one) {
        synchronized (states) {
            events.remove(one);
        }
    }
}
