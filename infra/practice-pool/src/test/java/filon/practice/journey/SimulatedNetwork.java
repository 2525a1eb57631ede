package filon.practice.journey;

import filon.mining.pool.PoolOrder;
import filon.mining.pool.Share;
import filon.mining.pool.Wire;
import filon.mining.pool.WireListener;
import filon.mining.pool.Wires;
import filon.practice.PracticeLink;
import filon.practice.PracticePool;
import filon.practice.book.PoolCounts;
import filon.practice.book.Receipt;
import filon.practice.time.SimulatedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What lies between a miner and its pools, in one thread and simulated time: every piece takes the connection's latency, in order; what is
 * on its way when a connection is reset is lost. It knows which share each submission was and which receipt it got.
 */
final class SimulatedNetwork implements Wires {
    private static final int LATENCY_MILLIS_MOST = 80;

    private final SimulatedTime time;
    private final SplittableRandom random;
    private final Map<String, PracticePool> pools = new HashMap<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private Optional<Share> submitting = Optional.empty();
    private long connections;

    /** A share that reached a pool, and what the pool wrote down of it; nothing where it did not listen. */
    record Delivery(String host, Share share, Optional<Receipt> receipt) {}

    SimulatedNetwork(SimulatedTime time, SplittableRandom random) {
        this.time = time;
        this.random = random;
    }

    void add(String host, PracticePool pool) {
        pools.put(host, pool);
    }

    /** The next bytes that are sent are this share. */
    void submitting(Share share) {
        submitting = Optional.of(share);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    long connections() {
        return connections;
    }

    @Override
    public Wire open(PoolOrder order, WireListener listener) {
        connections++;
        String host = order.address().host();
        Connection connection = new Connection(host, listener);
        PracticePool pool = pools.get(host);
        if (pool == null) {
            connection.later(() -> connection.end("no route to " + host));
        } else {
            connection.later(() -> connection.connect(pool));
        }
        return connection;
    }

    private final class Connection implements Wire, filon.practice.wire.Wire {
        private final String host;
        private final WireListener listener;
        private final Duration latency = Duration.ofMillis(1 + random.nextInt(LATENCY_MILLIS_MOST));
        private Optional<PracticePool> pool = Optional.empty();
        private Optional<PracticeLink> link = Optional.empty();
        private final Deque<Runnable> unread = new ArrayDeque<>();
        private boolean reading = true;
        private boolean ended;
        private boolean reset;

        Connection(String host, WireListener listener) {
            this.host = host;
            this.listener = listener;
        }

        void later(Runnable task) {
            time.after(latency, task);
        }

        void connect(PracticePool to) {
            if (ended) {
                return;
            }
            pool = Optional.of(to);
            link = Optional.of(to.connect(this));
            listener.opened(host);
        }

        void end(String reason) {
            if (!ended) {
                ended = true;
                listener.ended(reason);
            }
        }

        @Override
        public void send(byte[] bytes) {
            Optional<Share> share = submitting;
            submitting = Optional.empty();
            later(() -> {
                unread.add(() -> deliver(bytes, share));
                readOn();
            });
        }

        @Override
        public void reading(boolean on) {
            reading = on;
            time.after(Duration.ZERO, this::readOn);
        }

        private void readOn() {
            while (reading && !unread.isEmpty()) {
                unread.remove().run();
            }
        }

        private void deliver(byte[] bytes, Optional<Share> share) {
            if (link.isEmpty() || reset) {
                return;
            }
            long before = receiptsOf();
            link.get().fromMiner(bytes);
            share.ifPresent(one -> deliveries.add(new Delivery(host, one, newReceipt(before))));
        }

        private long receiptsOf() {
            PoolCounts counts = pool.orElseThrow().counts();
            return counts.accepted() + counts.refusals();
        }

        private Optional<Receipt> newReceipt(long before) {
            return receiptsOf() == before
                    ? Optional.empty()
                    : Optional.of(pool.orElseThrow().receipts().getLast());
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                later(() -> link.ifPresent(PracticeLink::minerClosed));
            }
        }

        @Override
        public void toMiner(byte[] bytes) {
            later(() -> {
                if (!ended && !reset) {
                    listener.received(bytes);
                }
            });
        }

        @Override
        public void closed(Ending ending) {
            reset = ending == Ending.RESET;
            later(() -> end("the pool closed the connection"));
        }
    }
}
