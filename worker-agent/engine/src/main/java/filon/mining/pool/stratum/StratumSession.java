package filon.mining.pool.stratum;

import filon.contracts.address.ForbiddenAddressException;
import filon.contracts.value.Pool;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Share;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection that speaks Stratum V1. The thread that calls {@link #run} reads; one more thread writes, so that a pool that
 * does not read cannot hold up anybody else.
 *
 * <p>The host is resolved and checked once per connection and the socket gets the numeric address. With {@code stratum+ssl}
 * the certificate must be valid for the host's name; the scheme decides, there is no fall-back to clear text.
 */
final class StratumSession implements PoolSession {
    private static final AtomicLong IDS = new AtomicLong();
    private static final int TICK_MILLIS = 250;
    private static final int OUTBOX_MAX = 4_096;
    private static final String CLOSE = "";

    private final Pool pool;
    private final PoolTerms terms;
    private final Socket socket = new Socket();
    private final BlockingQueue<String> outbox = new LinkedBlockingQueue<>(OUTBOX_MAX);
    private final StratumProtocol protocol;
    private volatile boolean closed;

    StratumSession(Pool pool, PoolTerms terms, PoolListener listener) {
        this.pool = pool;
        this.terms = terms;
        this.protocol = new StratumProtocol(pool, IDS.incrementAndGet(), terms, this::enqueue, listener);
    }

    @Override
    public void run() throws IOException {
        try (Socket connected = connected()) {
            Thread writer = Thread.ofPlatform().name("pool-writer").daemon().start(() -> write(connected));
            try {
                protocol.open();
                read(connected);
            } finally {
                outbox.clear();
                enqueue(CLOSE);
                closeQuietly(connected);
                joined(writer);
            }
        } finally {
            closed = true;
            protocol.end();
        }
    }

    private Socket connected() throws IOException {
        int timeout = Math.toIntExact(terms.limits().connect().toMillis());
        try {
            InetAddress address = terms.rules().permit(pool.address().bareHost());
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, pool.address().port()), timeout);
            socket.setSoTimeout(timeout);
            Socket ready = pool.address().scheme().isEncrypted() ? encrypted() : socket;
            ready.setSoTimeout(TICK_MILLIS);
            return ready;
        } catch (ForbiddenAddressException e) {
            socket.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot connect to " + pool.address() + ": " + e.getMessage(), e);
        }
    }

    private Socket encrypted() throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket layered = (SSLSocket) factory.createSocket(
                socket, pool.address().bareHost(), pool.address().port(), true);
        SSLParameters parameters = layered.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        layered.setSSLParameters(parameters);
        layered.startHandshake();
        return layered;
    }

    private void read(Socket connected) throws IOException {
        LineReader lines = new LineReader(connected.getInputStream());
        while (!closed) {
            Optional<String> line = lines.next();
            if (line.isPresent()) {
                protocol.onLine(line.get());
            }
            protocol.onTick();
        }
    }

    private void write(Socket connected) {
        try {
            OutputStream stream = connected.getOutputStream();
            for (String line = outbox.take(); !line.equals(CLOSE); line = outbox.take()) {
                stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                stream.flush();
            }
        } catch (IOException broken) {
            closeQuietly(connected); // the reader then sees the end and says why
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(String line) {
        if (!outbox.offer(line)) {
            closeQuietly(socket); // a pool that leaves thousands of lines unread is gone
        }
    }

    @Override
    public void submit(Share share) {
        protocol.submit(share);
        if (closed) {
            protocol.end();
        }
    }

    @Override
    public boolean hadJob() {
        return protocol.hadJob();
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
