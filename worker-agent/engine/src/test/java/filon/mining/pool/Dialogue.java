package filon.mining.pool;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.ProofOfWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** One session of a line dialect without a socket: a test says the pool's lines, and reads the miner's. */
public final class Dialogue {
    private final List<String> sent = new ArrayList<>();
    private final List<PoolEvent> events = new ArrayList<>();
    private final PoolSession session;
    private long now;
    private double rate;

    /** What the session of a test is begun with. */
    public record Setting(
            ProofOfWork algorithm, PoolDialect dialect, PoolOrder order, PoolMemory memory, OptionalDouble difficulty) {
        /** User {@code me}, password {@code secret}. */
        public static Setting of(ProofOfWork algorithm, PoolDialect dialect, String address) {
            Pool pool = new Pool(PoolAddress.of(address), "me", "secret");
            return new Setting(algorithm, dialect, PoolOrder.of(pool), new PoolMemory(), OptionalDouble.empty());
        }

        public Setting with(PoolMemory remembered) {
            return new Setting(algorithm, dialect, order, remembered, difficulty);
        }

        public Setting with(PoolOrder other) {
            return new Setting(algorithm, dialect, other, memory, difficulty);
        }

        public Setting suggesting(double wish) {
            return new Setting(algorithm, dialect, order, memory, OptionalDouble.of(wish));
        }
    }

    public Dialogue(Setting setting) {
        PoolTerms terms = new PoolTerms(
                setting.algorithm(),
                AddressRules.publicOnly(),
                setting.difficulty(),
                PoolLimits.USUAL,
                () -> now,
                new SplittableRandom(1));
        SessionTerms sessionTerms =
                new SessionTerms(7, setting.order(), terms, setting.memory(), PoolLimits.USUAL.connect(), () -> rate);
        Wire wire = new Wire() {
            @Override
            public void send(byte[] bytes) {
                sent.add(new String(bytes, StandardCharsets.UTF_8).strip());
            }

            @Override
            public void close() {}
        };
        this.session = setting.dialect().session(sessionTerms, wire, events::add);
    }

    public PoolSession session() {
        return session;
    }

    /** The pool is there. */
    public void open() throws IOException {
        session.opened();
    }

    public void pool(String... lines) throws IOException {
        for (String line : lines) {
            session.received((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What the miner said since this was asked last. */
    public List<String> miner() {
        List<String> lines = List.copyOf(sent);
        sent.clear();
        return lines;
    }

    public void later(Duration duration) throws IOException {
        now += duration.toNanos();
        session.tick();
    }

    /** The miner hashes for this pool from now on. */
    public void mining(double hashesPerSecond) {
        rate = hashesPerSecond;
    }

    public List<PoolEvent> events() {
        return events;
    }

    public <T extends PoolEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<PoolJob> jobs() {
        return events(PoolEvent.NewJob.class).stream()
                .map(PoolEvent.NewJob::job)
                .toList();
    }

    public PoolJob lastJob() {
        return jobs().getLast();
    }

    public List<ShareVerdict> verdicts() {
        return events(PoolEvent.Judged.class).stream()
                .map(PoolEvent.Judged::verdict)
                .toList();
    }

    public List<String> said() {
        return events(PoolEvent.Said.class).stream().map(PoolEvent.Said::text).toList();
    }

    /** A share of fresh work of the job, as if this nonce had solved it; the nonce's highest bits are the work's. */
    public Share share(PoolJob job, long nonce) {
        PoolWork work = job.next().orElseThrow();
        Digest digest = new Digest(new byte[32], new byte[32]);
        return work.share(work.nonces().first() | nonce, digest, new byte[80], now);
    }

    /** Submits so many shares of the newest job. */
    public void submit(int count) {
        for (int nonce = 0; nonce < count; nonce++) {
            session.submit(share(lastJob(), nonce));
        }
    }
}
