package filon.practice;

import filon.practice.time.PoolTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A practice pool behind a TCP port, in real time. All methods may be called from any thread. */
public final class PracticeServer implements AutoCloseable {
    private static final int PORT_MAX = 65_535;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final Place place;
    private final Consumer<String> report;
    private final ServerSocket server;
    private final ScheduledExecutorService schedule;
    private final PracticePool pool;
    private final Set<SocketLink> links = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    /**
     * Where to listen.
     *
     * @param port 0 lets the operating system choose
     */
    public record Place(String host, int port, Encryption encryption) {
        /** In the clear. */
        public Place(String host, int port) {
            this(host, port, Encryption.NONE);
        }

        public Place {
            if (port < 0 || port > PORT_MAX) {
                throw new IllegalArgumentException("port " + port + " is not one of 0 to " + PORT_MAX);
            }
        }

        /** Any free port of this machine. */
        public static Place any() {
            return new Place("127.0.0.1", 0);
        }
    }

    private PracticeServer(Place place, ServerSocket server, Plan plan, Clock clock, Consumer<String> report) {
        this.place = place;
        this.server = server;
        this.report = report;
        schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("pool-time").factory());
        pool = PracticePool.of(plan, new PoolTime(clock, System::nanoTime, this::after), report);
        acceptor = Thread.ofVirtual().name("pool-accept").unstarted(this::accept);
    }

    /** A pool on a port of its own of this machine, for a test. */
    public static PracticeServer started(Plan plan) throws IOException {
        return started(Place.any(), plan, Clock.systemUTC(), line -> {});
    }

    /**
     * @param clock what jobs are dated with
     * @param report takes one line per share and per ended connection
     * @throws IOException if the port is taken; the message names it
     */
    public static PracticeServer started(Place place, Plan plan, Clock clock, Consumer<String> report)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(place.host()), place.port()));
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "the practice pool cannot listen on " + place.host() + ":" + place.port() + ": " + e.getMessage(),
                    e);
        }
        PracticeServer server = new PracticeServer(place, socket, plan, clock, report);
        server.acceptor.start();
        return server;
    }

    private void after(Duration delay, Runnable task) {
        try {
            schedule.schedule(() -> reported(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            report("closed, so that this is left out: " + e.getMessage());
        }
    }

    private void reported(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            report("a fault of the practice pool: " + e);
            throw e;
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                welcome(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    report("no connection accepted: " + e.getMessage());
                    // it may be the lack of file descriptors, which lasts
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void welcome(Socket socket) throws IOException {
        if (links.size() >= PracticePool.CONNECTIONS_MAX) {
            socket.close();
            report("refused a connection: " + links.size() + " are open");
            return;
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        SocketLink link = new SocketLink(socket, encryption().over(socket), this);
        links.add(link);
        link.start();
        if (server.isClosed()) {
            link.cut(); // it came in between the end of the server and that of its connections
        }
    }

    void forget(SocketLink link) {
        links.remove(link);
    }

    void report(String line) {
        report.accept(line);
    }

    public PracticePool pool() {
        return pool;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Who is known by a key encrypts by itself. */
    private Encryption encryption() {
        return pool.key().isEmpty() ? place.encryption() : Encryption.NONE;
    }

    /** The address a miner is given. */
    public String url() {
        String key = pool.key().isEmpty() ? "" : "/" + pool.key();
        return pool.plan().dialect().scheme(encryption().isOn()) + "://" + place.host() + ":" + port() + key;
    }

    /** Ends all connections and gives the port back. */
    @Override
    public void close() throws IOException {
        schedule.shutdownNow();
        server.close();
        pool.close();
        List.copyOf(links).forEach(SocketLink::cut);
        awaitAcceptor();
    }

    /** The port is free only when the thread that waits for connections has let go of it. */
    private void awaitAcceptor() {
        try {
            acceptor.join(ENDS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
