package filon.mining.pool.wire;

import filon.contracts.address.AddressRules;
import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.Wire;
import filon.mining.pool.WireListener;
import filon.mining.pool.WireStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One TCP connection. A thread connects and reads; one more writes, so that a pool that does not read cannot hold up anybody.
 *
 * <p>The host is resolved and checked once per connection; its addresses are tried in the resolver's order, in numeric form, so that no
 * second look at the name can lead elsewhere.
 */
final class SocketWire implements Wire {
    private static final int CHUNK = 16_384;
    private static final int OUTBOX_MAX = 4_096;
    /** Some pools have us repeat what they say; one that does not read it must not fill the memory. */
    private static final int OUTBOX_BYTES_MAX = 1 << 20;

    private static final byte[] CLOSE = {};

    private final Goal goal;
    private final WireListener listener;
    private final BlockingQueue<byte[]> outbox = new LinkedBlockingQueue<>(OUTBOX_MAX);
    private final AtomicInteger outboxBytes = new AtomicInteger();
    private volatile Socket socket = new Socket();
    private volatile boolean closed;
    private volatile boolean overrun;

    /** Where to, and what is allowed and patient on the way. */
    record Goal(PoolOrder pool, AddressRules rules, Duration connect) {
        PoolAddress address() {
            return pool.address();
        }
    }

    SocketWire(Goal goal, WireListener listener) {
        this.goal = goal;
        this.listener = listener;
    }

    void start() {
        Thread.ofPlatform().name("pool-reader").daemon().start(this::serve);
    }

    private void serve() {
        try (Socket connected = connected()) {
            Thread writer = Thread.ofPlatform().name("pool-writer").daemon().start(() -> write(connected));
            try {
                listener.opened(peer(connected));
                read(connected.getInputStream());
            } finally {
                outbox.clear();
                outbox.offer(CLOSE); // no room: what fills it meets a closed socket
                closeQuietly(connected);
                joined(writer);
            }
        } catch (IOException e) {
            listener.ended(overrun ? "the pool does not read what it is sent" : String.valueOf(e.getMessage()));
        } finally {
            closed = true;
        }
    }

    private static String peer(Socket connected) {
        InetAddress address = connected.getInetAddress();
        String text = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + connected.getPort();
    }

    private Socket connected() throws IOException {
        List<InetAddress> addresses = permitted();
        // as many tries as there are addresses share the patience, but none gets too little to reach another continent
        int patience = (int) Math.max(2_000, goal.connect().toMillis() / addresses.size());
        IOException last = new IOException("cannot connect to " + goal.address());
        for (InetAddress address : addresses) {
            long begin = System.nanoTime();
            try {
                return connected(address, patience);
            } catch (IOException e) {
                listener.stepped(new WireStep.Failed(address, since(begin), e));
                last = new IOException(
                        "cannot connect to " + goal.address() + " at " + address.getHostAddress() + ": "
                                + e.getMessage(),
                        e);
            }
            if (closed) {
                throw new IOException("closed");
            }
        }
        throw last;
    }

    /** All addresses of the host, if all of them are allowed. */
    private List<InetAddress> permitted() throws IOException {
        String host = goal.address().bareHost();
        List<InetAddress> addresses = resolved(host);
        listener.stepped(new WireStep.Resolved(addresses));
        for (InetAddress address : addresses) {
            Optional<String> refusal = goal.rules().refusal(address);
            if (refusal.isPresent()) {
                throw new IOException("host " + host + ": " + refusal.get());
            }
        }
        return addresses;
    }

    private static List<InetAddress> resolved(String host) throws IOException {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new IOException("host " + host + " cannot be resolved", e);
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Socket connected(InetAddress address, int patience) throws IOException {
        Socket tried = new Socket();
        socket = tried;
        if (closed) {
            throw new IOException("closed");
        }
        try {
            tried.setTcpNoDelay(true);
            tried.setKeepAlive(true);
            long begin = System.nanoTime();
            tried.connect(new InetSocketAddress(address, goal.address().port()), patience);
            listener.stepped(new WireStep.Connected(address, since(begin)));
            return goal.address().scheme().isEncrypted() ? encrypted(tried) : tried;
        } catch (IOException e) {
            tried.close();
            throw e;
        }
    }

    private Socket encrypted(Socket tried) throws IOException {
        long begin = System.nanoTime();
        tried.setSoTimeout((int) goal.connect().toMillis());
        SSLSocket ready = Encryption.over(tried, goal.pool(), listener);
        ready.setSoTimeout(0);
        SSLSession session = ready.getSession();
        listener.stepped(new WireStep.Encrypted(session.getProtocol(), session.getCipherSuite(), since(begin)));
        return ready;
    }

    private void read(InputStream stream) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!closed) {
            int count = readSome(stream, chunk);
            if (count < 0) {
                throw new IOException("the pool closed the connection");
            }
            listener.received(Arrays.copyOf(chunk, count));
        }
        throw new IOException("closed");
    }

    private static int readSome(InputStream stream, byte[] chunk) throws IOException {
        try {
            return stream.read(chunk);
        } catch (SocketTimeoutException quiet) {
            return 0;
        } catch (IOException e) {
            throw new IOException("the connection broke: " + e.getMessage(), e);
        }
    }

    private void write(Socket connected) {
        try {
            OutputStream stream = connected.getOutputStream();
            for (byte[] bytes = outbox.take(); bytes != CLOSE; bytes = outbox.take()) {
                stream.write(bytes);
                stream.flush();
                outboxBytes.addAndGet(-bytes.length);
            }
        } catch (IOException broken) {
            closeQuietly(connected); // the reader then sees the end and says why
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void send(byte[] bytes) {
        if (outboxBytes.addAndGet(bytes.length) > OUTBOX_BYTES_MAX || !outbox.offer(bytes)) {
            overrun = true;
            closeQuietly(socket); // a pool that leaves thousands of messages unread, or a megabyte, is gone
        }
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // nothing is left to close
        }
    }

    private static void joined(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
