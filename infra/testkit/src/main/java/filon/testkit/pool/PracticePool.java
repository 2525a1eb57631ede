package filon.testkit.pool;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A Stratum V1 pool for development and tests: it sends jobs of a real block template's shape and re-hashes every share.
 *
 * <p>The same seed gives the same jobs and extranonces; hostile input ends its connection and nothing else. A difficulty counts
 * from the next job on, as at real pools. All methods may be called from any thread.
 */
public final class PracticePool implements AutoCloseable {
    /** About 8.6 million hashes per share. */
    public static final double DIFFICULTY = 0.002;

    private static final int CONNECTIONS_MAX = 256;
    private static final int PORT_MAX = 65_535;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int JOBS_PER_BLOCK = 6;
    private static final int PRINTED_MAX = 64;
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final Plan plan;
    private final Clock clock;
    private final Consumer<String> report;
    private final PoolBook book = new PoolBook();
    private final Set<PoolConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger extranonces;
    private final JobFactory factory;
    private final Object turn = new Object();
    private volatile boolean silent;
    private PoolJob job;
    private double difficulty;
    private int refreshes;
    private ServerSocket server;
    private Thread acceptor;
    private ScheduledExecutorService schedule;

    /**
     * What a pool is.
     *
     * @param port 0 lets the operating system choose
     * @param jobEvery a new job comes this often, and every sixth is on a new block; zero leaves both to the caller
     */
    public record Plan(String host, int port, double difficulty, long seed, Duration jobEvery) {
        public Plan {
            ShareCheck.targetOf(difficulty);
            if (port < 0 || port > PORT_MAX) {
                throw new IllegalArgumentException("port " + port + " is not one of 0 to " + PORT_MAX);
            }
            if (jobEvery.isNegative()) {
                throw new IllegalArgumentException("job interval " + jobEvery + " is negative");
            }
        }

        /** A pool for a test: any port, jobs only when the test says so. */
        public static Plan ofTest(double difficulty) {
            return new Plan("127.0.0.1", 0, difficulty, 1, Duration.ZERO);
        }
    }

    /** @param report takes one line per share and per ended connection */
    public PracticePool(Plan plan, Clock clock, Consumer<String> report) {
        this.plan = plan;
        this.clock = clock;
        this.report = report;
        this.difficulty = plan.difficulty();
        this.factory = new JobFactory(plan.seed(), clock);
        this.extranonces = new AtomicInteger(Long.hashCode(plan.seed()) << 8);
        this.job = factory.nextBlock();
    }

    /** A started pool for a test, on a port of its own. */
    public static PracticePool started(double difficulty) throws IOException {
        PracticePool pool = new PracticePool(Plan.ofTest(difficulty), Clock.systemUTC(), line -> {});
        pool.start();
        return pool;
    }

    /** @throws IOException if the port is taken; the message names it */
    public void start() throws IOException {
        server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.getByName(plan.host()), plan.port()));
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "the practice pool cannot listen on " + plan.host() + ":" + plan.port() + ": " + e.getMessage(), e);
        }
        acceptor = Thread.ofVirtual().name("pool-accept").start(this::accept);
        if (!plan.jobEvery().isZero()) {
            schedule = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("pool-jobs").factory());
            long millis = plan.jobEvery().toMillis();
            schedule.scheduleAtFixedRate(this::scheduledJob, millis, millis, TimeUnit.MILLISECONDS);
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
        if (connections.size() >= CONNECTIONS_MAX) {
            socket.close();
            report("refused a connection: " + CONNECTIONS_MAX + " are open");
            return;
        }
        socket.setTcpNoDelay(true);
        byte[] extranonce1 = ByteBuffer.allocate(ShareCheck.EXTRANONCE1_BYTES)
                .putInt(extranonces.getAndIncrement())
                .array();
        PoolConnection connection = new PoolConnection(socket, this, new Miner(extranonce1));
        connections.add(connection);
        connection.start();
        if (server.isClosed()) {
            connection.close(); // it came in between the end of the server and that of its connections
        }
    }

    private void scheduledJob() {
        refreshes++;
        if (refreshes % JOBS_PER_BLOCK == 0) {
            newBlock();
        } else {
            refreshJob();
        }
    }

    /** The reply comes before the first difficulty and job, and no other job comes in between. */
    void subscribe(PoolConnection connection, Runnable reply) {
        synchronized (turn) {
            connection.markSubscribed();
            reply.run();
            connection.sendDifficulty(difficulty);
            connection.sendJob(job, ShareCheck.targetOf(difficulty), true);
        }
    }

    void judged(String worker, Miner.Verdict verdict) {
        switch (verdict) {
            case Miner.Verdict.Accepted accepted -> {
                book.accepted(new PoolShare(
                        worker,
                        accepted.job().id(),
                        accepted.header(),
                        accepted.hash(),
                        accepted.target(),
                        clock.instant()));
                report("share of " + printable(worker) + " accepted, job "
                        + accepted.job().id());
            }
            case Miner.Verdict.Refused refused -> {
                book.refused(worker, refused.error());
                report("share of " + printable(worker) + " refused: "
                        + refused.error().code() + " " + refused.why());
            }
        }
    }

    private static String printable(String worker) {
        String visible = worker.replaceAll("[^\\x21-\\x7e]", "?");
        return visible.substring(0, Math.min(PRINTED_MAX, visible.length()));
    }

    void forget(PoolConnection connection) {
        connections.remove(connection);
    }

    void report(String line) {
        report.accept(line);
    }

    boolean isSilent() {
        return silent;
    }

    /** Tells all miners; it counts for the jobs after this. */
    public void setDifficulty(double next) {
        ShareCheck.targetOf(next);
        synchronized (turn) {
            difficulty = next;
            subscribers().forEach(connection -> connection.sendDifficulty(next));
        }
    }

    /** Sends a job on a new block with {@code clean_jobs} true: shares of earlier jobs are stale. */
    public void newBlock() {
        send(true);
    }

    /** Sends another job on the same block with {@code clean_jobs} false: earlier jobs still count. */
    public void refreshJob() {
        send(false);
    }

    private void send(boolean clean) {
        synchronized (turn) {
            job = clean ? factory.nextBlock() : factory.next();
            BigInteger target = ShareCheck.targetOf(difficulty);
            subscribers().forEach(connection -> connection.sendJob(job, target, clean));
        }
    }

    private List<PoolConnection> subscribers() {
        return connections.stream().filter(PoolConnection::isSubscribed).toList();
    }

    /** Cuts all connections; new ones are welcome. */
    public void dropConnections() {
        List.copyOf(connections).forEach(PoolConnection::close);
    }

    /** While silent, the pool keeps connections open, reads, and neither answers nor sends anything. */
    public void goSilent(boolean on) {
        silent = on;
    }

    /** @throws IllegalStateException before the start */
    public int port() {
        if (server == null) {
            throw new IllegalStateException("the practice pool was never started");
        }
        return server.getLocalPort();
    }

    /** The address a miner is given. */
    public String url() {
        return "stratum+tcp://" + plan.host() + ":" + port();
    }

    public int connections() {
        return connections.size();
    }

    public long acceptedShares() {
        return book.total().accepted();
    }

    /** The last 10,000 accepted shares, oldest first. */
    public List<PoolShare> shares() {
        return book.shares();
    }

    public PoolCounts countsOf(String worker) {
        return book.countsOf(worker);
    }

    /** What came from all workers, the refused and the nameless ones too. */
    public PoolCounts counts() {
        return book.total();
    }

    /** Ends all connections and gives the port back. */
    @Override
    public void close() throws IOException {
        if (schedule != null) {
            schedule.shutdownNow();
        }
        if (server != null) {
            server.close();
        }
        dropConnections();
        awaitAcceptor();
    }

    /** The port is free only when the thread that waits for connections has let go of it. */
    private void awaitAcceptor() {
        try {
            if (acceptor != null) {
                acceptor.join(ENDS_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
