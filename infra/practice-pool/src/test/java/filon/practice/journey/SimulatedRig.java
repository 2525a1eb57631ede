package filon.practice.journey;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.pool.PoolDesk;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.practice.Plan;
import filon.practice.PracticePool;
import filon.practice.fault.FaultName;
import filon.practice.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * A miner without a device in simulated time: it serves its pools as the engine does, and finds real shares, hashed by the CPU, about as
 * often as it is told. One thread; the same seed gives the same course.
 */
final class SimulatedRig {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int NONCES_TRIED_MAX = 256;
    /** So many hashes a second that no share is absurdly hard or easy. */
    private static final double RATE = 1_000;

    private final ProofOfWork algorithm;
    private final SimulatedTime time = new SimulatedTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final Map<String, PracticePool> pools = new LinkedHashMap<>();
    private final Map<String, List<ShareVerdict>> verdicts = new LinkedHashMap<>();
    private final List<PoolEvent> events = new ArrayList<>();
    private final PoolDesk desk;
    private Optional<PoolJob> job = Optional.empty();
    private Duration idle = Duration.ZERO;
    private Duration shareEvery = Duration.ofSeconds(5);
    private boolean hadJob;

    SimulatedRig(long seed, ProofOfWork algorithm, List<Plan> plans) {
        this.algorithm = algorithm;
        this.random = new SplittableRandom(seed);
        this.network = new SimulatedNetwork(time, random.split());
        List<PoolOrder> orders = new ArrayList<>();
        for (Plan plan : plans) {
            String host = "pool" + orders.size() + ".example.org";
            PracticePool pool = PracticePool.of(plan, time.poolTime());
            pools.put(host, pool);
            network.add(host, pool);
            PoolAddress address = PoolAddress.of(plan.dialect().scheme(false) + "://" + host + ":3333"
                    + (pool.key().isEmpty() ? "" : "/" + pool.key()));
            orders.add(PoolOrder.of(new Pool(address, "rig" + orders.size(), "x")));
        }
        PoolTerms terms = new PoolTerms(
                algorithm,
                AddressRules.publicOnly(),
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                time::nanos,
                new java.util.Random(random.nextLong()));
        this.desk = new PoolDesk(orders, terms, this::on, network, Runnable::run, () -> RATE);
        tick();
        planShare();
    }

    private void tick() {
        if (job.isEmpty() && hadJob) {
            idle = idle.plus(TICK);
        }
        desk.tick();
        time.after(TICK, this::tick);
    }

    /** Exponential pauses, as shares come. */
    private void planShare() {
        double pause = -Math.log(1 - random.nextDouble()) * shareEvery.toNanos();
        time.after(Duration.ofNanos((long) pause), () -> {
            mine();
            planShare();
        });
    }

    private void mine() {
        Optional<PoolWork> work = job.flatMap(PoolJob::next);
        for (int i = 0; work.isPresent() && i < NONCES_TRIED_MAX; i++) {
            long nonce = work.get().nonces().first() | i;
            Digest digest = algorithm.digest(work.get().work().header(), nonce);
            if (work.get().work().target().isMetBy(digest.hash()) && work.get().counts(digest)) {
                byte[] solved = algorithm.solved(work.get().work().header(), nonce);
                Share share = work.get().share(nonce, digest, solved, time.nanos());
                verdicts.put(key(share), new ArrayList<>());
                desk.submit(share);
                return;
            }
        }
    }

    private static String key(Share share) {
        return share.pool().host() + " " + HexFormat.of().formatHex(share.header());
    }

    private void on(PoolEvent event) {
        switch (event) {
            case PoolEvent.NewJob arrived -> {
                job = Optional.of(arrived.job());
                hadJob = true;
            }
            case PoolEvent.Dry _ -> job = Optional.empty();
            case PoolEvent.Sending sending -> network.submitting(sending.share());
            case PoolEvent.Judged judged ->
                verdicts.computeIfAbsent(key(judged.share()), _ -> new ArrayList<>())
                        .add(judged.verdict());
            case PoolEvent.Connecting _,
                    PoolEvent.Authorised _,
                    PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Said _,
                    PoolEvent.Lost _ -> {}
        }
        events.add(event);
    }

    void shareEvery(Duration pause) {
        shareEvery = pause;
    }

    /** Faults of all kinds on either pool from now on, some seconds or minutes apart, at times on both. */
    void misbehave() {
        FaultName fault = FaultName.values()[random.nextInt(FaultName.values().length)];
        pool(random.nextInt(pools())).inject(fault.fault(""), Duration.ofMillis(random.nextInt(60_000)));
        time.after(Duration.ofMillis(random.nextInt(180_000)), this::misbehave);
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** Ends the miner; every share has its verdict then. */
    void end() {
        desk.close();
    }

    SimulatedTime time() {
        return time;
    }

    SplittableRandom random() {
        return random;
    }

    PracticePool pool(int index) {
        return List.copyOf(pools.values()).get(index);
    }

    int pools() {
        return pools.size();
    }

    String host(int index) {
        return List.copyOf(pools.keySet()).get(index);
    }

    SimulatedNetwork network() {
        return network;
    }

    Optional<PoolJob> job() {
        return job;
    }

    /** How long there was nothing to work on, since the first job. */
    Duration idle() {
        return idle;
    }

    /** Each share with all its verdicts. */
    Map<String, List<ShareVerdict>> verdicts() {
        return verdicts;
    }

    static String keyOf(SimulatedNetwork.Delivery delivery) {
        return key(delivery.share());
    }

    List<PoolEvent> events() {
        return events;
    }

    <T extends PoolEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
