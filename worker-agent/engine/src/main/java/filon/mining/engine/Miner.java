package filon.mining.engine;

import filon.mining.device.Device;
import filon.mining.plan.Portion;
import filon.mining.plan.Rota;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolListener;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Devices mining one algorithm for the pools of a plan: a thread for each device, one for each portion of the plan. Each device draws work
 * of its own from its portion's job, so that no two try the same nonce; while they prepare, pools are already being asked for jobs.
 *
 * <p>A portion's pools are connected from a minute before its hours until some seconds after them, so that a device that changes over has
 * a job at once, and what the batch that runs then still finds goes to the portion it was searched for.
 *
 * <p>Nothing is called back for states: the owner polls {@link DeviceMiner#changes}. Pool events go to the listener, from several threads.
 */
public final class Miner implements AutoCloseable {
    private static final Duration AHEAD = Duration.ofMinutes(1);
    /** Longer than any batch takes. */
    private static final Duration AFTER = Duration.ofSeconds(15);

    private static final String NO_HOURS = "no pool is to be worked for at this hour";

    private final MinerOrder order;
    private final Clock clock;
    private final PoolListener listener;
    private final Map<Portion, ShareCounts> counts = new LinkedHashMap<>();
    private final ShareCounts total = new ShareCounts();
    private final List<Seat> seats = new ArrayList<>();
    private final Rota rota;
    private final List<PortionWork> ending = Collections.synchronizedList(new ArrayList<>());
    private final RateWindow rate = new RateWindow();
    private volatile Map<Portion, PortionWork> works = Map.of();
    private volatile double hashesPerSecond;
    private boolean started;

    /** A device, and whose job lies on its board. */
    private static final class Seat {
        private final JobBoard board;
        private final DeviceMiner miner;
        private Optional<PortionWork> work = Optional.empty();
        private Optional<PoolJob> refused = Optional.empty();

        Seat(JobBoard board, DeviceMiner miner) {
            this.board = board;
            this.miner = miner;
        }

        void put(PoolJob job) {
            miner.states().poolGives();
            miner.giveUpBelow(board.put(job));
        }

        void clear() {
            miner.giveUpBelow(board.clear());
        }
    }

    public Miner(MinerOrder order, PoolListener listener) {
        this(order, Clock.systemUTC(), listener);
    }

    /** @param clock of the plan's schedules */
    public Miner(MinerOrder order, Clock clock, PoolListener listener) {
        this.order = order;
        this.clock = clock;
        this.listener = listener;
        order.plan().portions().forEach(portion -> counts.put(portion, new ShareCounts()));
        for (Device device : order.devices()) {
            int seat = seats.size();
            JobBoard board = new JobBoard((job, why) -> refused(seat, job, why));
            seats.add(new Seat(board, new DeviceMiner(device, order, board, this::submit)));
        }
        this.rota = new Rota(order.plan(), seats.size(), order.terms().ticker().getAsLong());
        order.plan().portions().forEach(this::workOf); // what is wrong with an address is said before anything starts
    }

    private PortionWork workOf(Portion portion) {
        return new PortionWork(
                portion,
                Objects.requireNonNull(counts.get(portion)),
                order.terms(),
                () -> hashesPerSecond,
                this::onPool);
    }

    public void start() {
        synchronized (this) {
            started = true;
            openAndClose(clock.instant());
        }
        devices().forEach(DeviceMiner::start);
    }

    public MinerOrder order() {
        return order;
    }

    /** In the order they were given. */
    public List<DeviceMiner> devices() {
        return seats.stream().map(seat -> seat.miner).toList();
    }

    /** What became of all shares. */
    public ShareCounts counts() {
        return total;
    }

    /** What became of each portion's shares, in the plan's order. */
    public Map<Portion, ShareCounts> countsOfPortions() {
        return Collections.unmodifiableMap(counts);
    }

    /** Why none of the devices can be used, once that is so: what happened to the first. */
    public Optional<RuntimeException> failure() {
        boolean isAnyUsable =
                devices().stream().anyMatch(device -> device.failure().isEmpty());
        return isAnyUsable ? Optional.empty() : devices().getFirst().failure();
    }

    /** Looks whether the devices' batches end and whose turn it is; to be called every 100 ms or so. */
    public void watch() {
        devices().forEach(DeviceMiner::watch);
        long hashes =
                devices().stream().mapToLong(device -> device.tally().hashes()).sum();
        rate.add(order.terms().ticker().getAsLong(), hashes);
        hashesPerSecond = rate.perSecond();
        synchronized (this) {
            openAndClose(clock.instant());
            seat();
        }
    }

    /** Connects the portions of now, of soon and of a moment ago, and leaves the others. */
    private void openAndClose(Instant now) {
        if (!started) {
            return;
        }
        Set<Portion> wanted = new LinkedHashSet<>(rota.open(now));
        wanted.addAll(rota.open(now.plus(AHEAD)));
        wanted.addAll(rota.open(now.minus(AFTER)));
        if (wanted.equals(works.keySet())) {
            return;
        }
        Map<Portion, PortionWork> next = new LinkedHashMap<>();
        List<PortionWork> fresh = new ArrayList<>();
        for (Portion portion : wanted) {
            PortionWork work = works.get(portion);
            if (work == null) {
                work = workOf(portion);
                fresh.add(work);
            }
            next.put(portion, work);
        }
        List<PortionWork> leaving = works.values().stream()
                .filter(work -> !wanted.contains(work.portion()))
                .toList();
        works = next;
        fresh.forEach(PortionWork::start);
        seat();
        leaving.forEach(PortionWork::close);
        ending.removeIf(PortionWork::isOver);
        ending.addAll(leaving);
    }

    /** Gives each device the job of the portion whose turn it is. */
    private void seat() {
        Set<Portion> ready = works.values().stream()
                .filter(work -> work.job().isPresent())
                .map(PortionWork::portion)
                .collect(Collectors.toSet());
        Instant now = clock.instant();
        boolean isAnyOpen = !rota.open(now).isEmpty();
        List<Optional<Portion>> turns = rota.at(now, order.terms().ticker().getAsLong(), ready);
        for (int i = 0; i < seats.size(); i++) {
            Optional<PortionWork> work = turns.get(i).map(works::get);
            Seat seat = seats.get(i);
            if (!work.equals(seat.work)) {
                seat.work = work;
                work.flatMap(PortionWork::job).ifPresentOrElse(seat::put, seat::clear);
            }
            if (!isAnyOpen) {
                seat.miner.states().poolLost(NO_HOURS);
            }
        }
    }

    /** A job that none of the devices at work on it can search is its pool's matter. */
    private synchronized void refused(int index, PoolJob job, String why) {
        Seat seat = seats.get(index);
        seat.refused = Optional.of(job);
        boolean isOfNobody = seats.stream()
                .filter(each -> each.work.equals(seat.work))
                .allMatch(each -> each.refused.filter(job::equals).isPresent());
        if (isOfNobody) {
            seat.work.ifPresent(work -> work.refuse(job, why));
        }
    }

    private void submit(Share share) {
        for (PortionWork work : works.values()) {
            if (work.began(share)) {
                work.submit(share);
                return;
            }
        }
        ShareVerdict late = new ShareVerdict.Stale(
                ShareVerdict.Delay.OURS, 0, "found after the hours of the portion it was searched for");
        total.judged(late, 0);
        listener.on(new PoolEvent.Judged(share, late, 0));
    }

    private void onPool(PortionWork work, PoolEvent event) {
        switch (event) {
            case PoolEvent.Connecting _, PoolEvent.Authorised _ -> tellUnseated(work, false);
            case PoolEvent.NewJob arrived -> arrived(work, arrived.job());
            case PoolEvent.Dry _ -> {
                synchronized (this) {
                    seat();
                }
                tellUnseated(work, true);
            }
            case PoolEvent.Judged judged -> total.judged(judged.verdict(), judged.latencyMillis());
            case PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Sending _,
                    PoolEvent.Said _,
                    PoolEvent.Lost _ -> {}
        }
        listener.on(event);
    }

    private synchronized void arrived(PortionWork work, PoolJob job) {
        seats.stream()
                .filter(seat -> seat.work.filter(work::equals).isPresent())
                .forEach(seat -> seat.put(job));
        seat();
    }

    private synchronized void tellUnseated(PortionWork work, boolean isLost) {
        for (Seat seat : seats) {
            if (seat.work.isPresent()) {
                continue;
            }
            if (isLost) {
                seat.miner.states().poolLost(work.trouble());
            } else {
                seat.miner.states().poolSays(work.trouble());
            }
        }
    }

    /** Ends all threads; waits at most this long for the batches that are queued, and as long for the pools. */
    public void stop(String reason, Duration patience) {
        long endNanos = System.nanoTime() + patience.toNanos();
        devices().forEach(each -> each.stopping(reason));
        try {
            for (DeviceMiner each : devices()) {
                each.join(Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())));
            }
            ending.addAll(works.values());
            ending.forEach(PortionWork::close);
            long poolsEndNanos = System.nanoTime() + patience.toNanos();
            for (PortionWork work : List.copyOf(ending)) {
                work.join(Duration.ofNanos(Math.max(1, poolsEndNanos - System.nanoTime())));
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
