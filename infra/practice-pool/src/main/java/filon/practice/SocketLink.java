package filon.practice;

import filon.practice.wire.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One miner's socket: a virtual thread reads, another writes. A miner that does not read its lines loses the connection when its queue is
 * full, so that it never holds up the pool.
 */
final class SocketLink implements Wire {
    private static final int QUEUE_MAX = 256;
    private static final int PIECE_BYTES = 8_192;
    /** Closing with input unread would reset the connection, and the other side would lose our last line. */
    private static final Duration DRAIN = Duration.ofMillis(500);

    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(2);
    private static final Iterator<byte[]> END = Collections.emptyIterator();

    private final Socket raw;
    private final Socket socket;
    private final PracticeServer server;
    private final BlockingQueue<Iterator<byte[]>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final CountDownLatch written = new CountDownLatch(1);
    private volatile boolean reading = true;
    private volatile PracticeLink link;
    private volatile Thread reader;

    /**
     * @param raw the TCP connection
     * @param socket the same, or what encrypts it: closing that would wait for the other side
     */
    SocketLink(Socket raw, Socket socket, PracticeServer server) {
        this.raw = raw;
        this.socket = socket;
        this.server = server;
    }

    void start() {
        Thread writer = Thread.ofVirtual().name("pool-write").unstarted(this::write);
        reader = Thread.ofVirtual().name("pool-read").unstarted(this::read);
        link = server.pool().connect(this);
        // the writer waits for the reader in the end
        reader.start();
        writer.start();
    }

    private void read() {
        try {
            byte[] piece = new byte[PIECE_BYTES];
            int count = socket.getInputStream().read(piece);
            while (count >= 0) {
                link.fromMiner(Arrays.copyOf(piece, count));
                awaitReading();
                count = socket.getInputStream().read(piece);
            }
        } catch (IOException e) {
            server.report(raw.getRemoteSocketAddress() + " is gone: " + e.getMessage());
        } catch (RuntimeException e) {
            // whatever a miner's input sets off ends its connection alone
            server.report("a fault of the practice pool: " + e);
            cut();
            throw e;
        } finally {
            link.minerClosed();
        }
    }

    private void awaitReading() {
        while (!reading && !raw.isClosed()) {
            LockSupport.park(this);
        }
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            Iterator<byte[]> next = queue.take();
            while (next != END) {
                while (next.hasNext()) {
                    out.write(next.next());
                }
                next = queue.take();
            }
            socket.shutdownOutput();
            reader.join(DRAIN);
        } catch (IOException e) {
            server.report(raw.getRemoteSocketAddress() + " cannot be written to: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            written.countDown();
            cut();
            link.minerClosed();
            server.forget(this);
        }
    }

    @Override
    public void toMiner(byte[] bytes) {
        toMiner(List.of(bytes).iterator());
    }

    @Override
    public void toMiner(Iterator<byte[]> pieces) {
        if (!queue.offer(pieces)) {
            cut();
        }
    }

    @Override
    public void closed(Ending ending) {
        if (ending == Ending.RESET) {
            reset();
        } else if (queue.offer(END)) {
            Thread.ofVirtual().name("pool-end").start(this::endSoon);
        } else {
            cut();
        }
    }

    private void endSoon() {
        try {
            if (!written.await(LAST_WORDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                cut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reset() {
        try {
            raw.setSoLinger(true, 0);
        } catch (IOException e) {
            server.report(raw.getRemoteSocketAddress() + " is gone: " + e.getMessage());
        }
        cut();
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        LockSupport.unpark(reader);
    }

    /** Ends both directions at once. */
    void cut() {
        try {
            raw.close();
        } catch (IOException e) {
            server.report("a connection did not close: " + e.getMessage());
        }
        // the writer may wait for a line, the reader for leave to read
        queue.clear();
        queue.offer(END);
        LockSupport.unpark(reader);
    }
}
