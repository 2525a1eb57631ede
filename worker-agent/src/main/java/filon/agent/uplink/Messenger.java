package filon.agent.uplink;

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
 * are dropped. Nothing of this is money.
 */
public final class Messenger implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Messenger.class);
    private static final int EVENTS_MAX = 1_000;
    private static final int SAMPLES_MAX = 500;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private final Identity identity;
    private final Uplink uplink;
    private final Thread thread;
    private final Map<String, Outgoing> states = new LinkedHashMap<>();
    private final Deque<Outgoing> events = new ArrayDeque<>();
    private final Deque<Outgoing> samples = new ArrayDeque<>();
    private volatile boolean closed;
    private boolean isFailing;

    private record Outgoing(String topic, String key, byte[] value) {}

    private Messenger(Identity identity, Uplink uplink) {
        this.identity = identity;
        this.uplink = uplink;
        this.thread = Thread.ofPlatform().name("messenger").daemon().unstarted(this::run);
    }

    public static Messenger start(Identity identity, Uplink uplink) {
        Messenger messenger = new Messenger(identity, uplink);
        messenger.thread.start();
        return messenger;
    }

    public void state(String topic, String key, byte[] value) {
        synchronized (states) {
            states.put(topic + " " + key, new Outgoing(topic, key, value));
        }
        LockSupport.unpark(thread);
    }

    public void event(String topic, String key, byte[] value) {
        add(events, EVENTS_MAX, new Outgoing(topic, key, value));
    }

    public void sample(String topic, String key, byte[] value) {
        add(samples, SAMPLES_MAX, new Outgoing(topic, key, value));
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

    private void add(Deque<Outgoing> queue, int limit, Outgoing outgoing) {
        synchronized (states) {
            if (queue.size() == limit) {
                queue.removeFirst();
            }
            queue.addLast(outgoing);
        }
        LockSupport.unpark(thread);
    }

    private void run() {
        while (true) {
            List<Outgoing> batch = take();
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
    private List<Outgoing> take() {
        synchronized (states) {
            List<Outgoing> batch = new ArrayList<>(events);
            batch.addAll(states.values());
            batch.addAll(samples);
            states.clear();
            samples.clear();
            return batch;
        }
    }

    private boolean send(List<Outgoing> batch) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (Outgoing one : batch) {
            sent.add(uplink.send(UplinkRecord.sealed(identity, one.topic(), one.key(), one.value())));
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

    private void acknowledged(Outgoing one) {
        synchronized (states) {
            events.remove(one);
        }
    }
}
