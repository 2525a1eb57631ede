package filon.mining.pool.stratum2;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolMemory;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolSession;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.Wire;
import filon.mining.pool.noise.Authority;
import filon.mining.pool.noise.NoiseChannel;
import filon.mining.pool.noise.ServerIdentity;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** One session of Stratum V2 without a socket: a test says the pool's messages and reads the miner's, over true encryption. */
final class Stratum2Dialogue {
    static final Instant TODAY = Instant.parse("2026-08-01T12:00:00Z");

    private final SplittableRandom random = new SplittableRandom(1);
    private final Authority authority = Authority.draw(random);
    private final NoiseChannel pool = NoiseChannel.responder(identity(authority, random), random);
    private final ByteArrayOutputStream toMiner = new ByteArrayOutputStream();
    private final List<Message> sent = new ArrayList<>();
    private final List<PoolEvent> events = new ArrayList<>();
    private final PoolSession session;
    private long now;
    private double rate;

    Stratum2Dialogue() {
        this(OptionalDouble.empty(), UnaryOperator.identity());
    }

    /** @param change to the order of user {@code me} at pool.example.com */
    Stratum2Dialogue(OptionalDouble suggestedDifficulty, UnaryOperator<PoolOrder> change) {
        PoolTerms terms = new PoolTerms(
                ProofsOfWork.of("sha256d"),
                AddressRules.publicOnly(),
                suggestedDifficulty,
                PoolLimits.USUAL,
                () -> now,
                random);
        PoolOrder order = change.apply(PoolOrder.of(new Pool(address(3336), "me", "secret")));
        SessionTerms sessionTerms =
                new SessionTerms(7, order, terms, new PoolMemory(), PoolLimits.USUAL.connect(), () -> rate);
        Wire wire = new Wire() {
            @Override
            public void send(byte[] bytes) {
                hear(bytes);
            }

            @Override
            public void close() {}
        };
        this.session = new Stratum2Dialect(Clock.fixed(TODAY, ZoneOffset.UTC), random)
                .session(sessionTerms, wire, events::add);
    }

    private static ServerIdentity identity(Authority authority, SplittableRandom random) {
        return authority.vouch(TODAY.minus(Duration.ofHours(1)), TODAY.plus(Duration.ofHours(1)), random);
    }

    /** With the key of the pool's authority. */
    PoolAddress address(int port) {
        return PoolAddress.of("stratum2+tcp://pool.example.com:" + port + "/" + authority.key());
    }

    private void hear(byte[] bytes) {
        pool.feed(bytes, 0, bytes.length);
        try {
            for (Optional<Frame> frame = pool.next(); frame.isPresent(); frame = pool.next()) {
                sent.add(Message.of(frame.get()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the miner sent what cannot be read", unreadable);
        }
        toMiner.writeBytes(pool.output());
    }

    PoolSession session() {
        return session;
    }

    /** The miner has begun the handshake; what the pool answers. */
    byte[] answer() throws IOException {
        session.opened();
        byte[] answer = toMiner.toByteArray();
        toMiner.reset();
        return answer;
    }

    /** The handshake is done. */
    void shakeHands() throws IOException {
        session.received(answer());
    }

    void pool(Message... messages) throws IOException {
        for (Message message : messages) {
            session.received(sealed(message.frame()));
        }
    }

    byte[] sealed(Frame frame) throws IOException {
        return pool.seal(frame);
    }

    /** What the miner said since this was asked last. */
    List<Message> miner() {
        List<Message> messages = List.copyOf(sent);
        sent.clear();
        return messages;
    }

    void later(Duration duration) throws IOException {
        now += duration.toNanos();
        session.tick();
    }

    /** The miner's hashes per second from now on. */
    void rate(double next) {
        rate = next;
    }

    List<PoolEvent> events() {
        return events;
    }

    <T extends PoolEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<PoolJob> jobs() {
        return events(PoolEvent.NewJob.class).stream()
                .map(PoolEvent.NewJob::job)
                .toList();
    }

    PoolJob lastJob() {
        return jobs().getLast();
    }

    List<ShareVerdict> verdicts() {
        return events(PoolEvent.Judged.class).stream()
                .map(PoolEvent.Judged::verdict)
                .toList();
    }

    List<String> said() {
        return events(PoolEvent.Said.class).stream().map(PoolEvent.Said::text).toList();
    }

    /** A share of fresh work of the job, as if this nonce had solved it. */
    Share share(PoolJob job, long nonce) {
        return job.next().orElseThrow().share(nonce, Digest.of(new byte[32]), new byte[80], now);
    }
}
