package filon.mining.engine;

import filon.mining.device.Device;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolListener;
import filon.mining.pool.Pools;
import filon.mining.pool.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Devices mining one algorithm for one ordered list of pools: a thread for each device, one for the pool. Each device draws work of its own
 * from the pool's job, so that no two try the same nonce; while they prepare, the pool is already being asked for a job.
 *
 * <p>Nothing is called back for states: the owner polls {@link DeviceMiner#changes}. Pool events go to the listener, from several threads.
 */
public final class Miner implements AutoCloseable {
    private final MinerOrder order;
    private final PoolListener listener;
    private final JobBoard board = new JobBoard();
    private final ShareCounts counts = new ShareCounts();
    private final List<DeviceMiner> devices;
    private final Pools pools;
    private final Thread poolThread;
    private final RateWindow rate = new RateWindow();
    private volatile double hashesPerSecond;

    public Miner(MinerOrder order, PoolListener listener) {
        this.order = order;
        this.listener = listener;
        this.pools = new Pools(order.pools(), order.terms(), this::onPool, () -> hashesPerSecond);
        this.devices = order.devices().stream().map(this::minerOf).toList();
        this.poolThread = Thread.ofPlatform().name("pool").daemon().unstarted(this.pools);
    }

    private DeviceMiner minerOf(Device device) {
        return new DeviceMiner(device, order, board, this::submit);
    }

    public void start() {
        poolThread.start();
        devices.forEach(DeviceMiner::start);
    }

    public MinerOrder order() {
        return order;
    }

    /** In the order they were given. */
    public List<DeviceMiner> devices() {
        return devices;
    }

    public ShareCounts counts() {
        return counts;
    }

    /** Why none of the devices can be used, once that is so: what happened to the first. */
    public Optional<RuntimeException> failure() {
        boolean isAnyUsable =
                devices.stream().anyMatch(device -> device.failure().isEmpty());
        return isAnyUsable ? Optional.empty() : devices.getFirst().failure();
    }

    /** Looks whether the devices' batches end; to be called every 100 ms or so. */
    public void watch() {
        devices.forEach(DeviceMiner::watch);
        long hashes =
                devices.stream().mapToLong(device -> device.tally().hashes()).sum();
        rate.add(order.terms().ticker().getAsLong(), hashes);
        hashesPerSecond = rate.perSecond();
    }

    private void submit(Share share) {
        pools.submit(share);
    }

    private void onPool(PoolEvent event) {
        switch (event) {
            case PoolEvent.Connecting connecting ->
                devices.forEach(each -> each.states().poolSays("connecting to " + connecting.pool()));
            case PoolEvent.Authorised authorised ->
                devices.forEach(each -> each.states().poolSays("waiting for a job of " + authorised.pool()));
            case PoolEvent.NewJob arrived -> {
                devices.forEach(each -> each.states().poolGives());
                giveUpBelow(board.put(arrived.job()));
            }
            case PoolEvent.Judged judged -> counts.judged(judged.verdict());
            case PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Sending _,
                    PoolEvent.Said _,
                    PoolEvent.Lost _ -> {}
            case PoolEvent.Dry dry -> {
                giveUpBelow(board.clear());
                devices.forEach(each -> each.states().poolLost(dry.reason()));
            }
        }
        listener.on(event);
    }

    private void giveUpBelow(int serial) {
        devices.forEach(each -> each.giveUpBelow(serial));
    }

    /** Ends all threads; waits at most this long for the batches that are queued, and as long for the pool. */
    public void stop(String reason, Duration patience) {
        long endNanos = System.nanoTime() + patience.toNanos();
        devices.forEach(each -> each.stopping(reason));
        try {
            for (DeviceMiner each : devices) {
                each.join(Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())));
            }
            pools.close();
            if (poolThread.getState() != Thread.State.NEW) {
                poolThread.join(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop("closed", Duration.ofSeconds(1));
    }
}
