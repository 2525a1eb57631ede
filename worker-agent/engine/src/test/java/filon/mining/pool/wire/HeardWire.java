package filon.mining.pool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.Wire;
import filon.mining.pool.WireListener;
import filon.mining.pool.WireStep;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A wire to loopback, and all that it says. */
final class HeardWire implements WireListener {
    private static final AddressRules LOOPBACK = AddressRules.publicOnly().allowing(List.of("127.0.0.0/8", "::1/128"));

    private final List<WireStep> steps = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> peers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final Wire wire;

    private HeardWire(PoolOrder order) {
        PoolTerms terms = new PoolTerms(
                ProofsOfWork.of("sha256d"),
                LOOPBACK,
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                System::nanoTime,
                new SplittableRandom(1));
        this.wire = new SocketWires(terms).open(order, this);
    }

    static HeardWire to(String address, PoolTrust trust) {
        return new HeardWire(new PoolOrder(new Pool(PoolAddress.of(address), "me", "x"), trust, 0, "", List.of()));
    }

    static HeardWire to(String address) {
        return to(address, PoolTrust.verified());
    }

    Wire wire() {
        return wire;
    }

    void say(String text) {
        wire.send(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void stepped(WireStep step) {
        steps.add(step);
    }

    @Override
    public void opened(String peer) {
        peers.add(peer);
    }

    @Override
    public void received(byte[] bytes) {
        words.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void ended(String reason) {
        ends.add(reason);
    }

    boolean isOver() {
        return !ends.isEmpty();
    }

    String peer() throws InterruptedException {
        return within(peers, "an opened wire");
    }

    String word() throws InterruptedException {
        return within(words, "a word");
    }

    String end() throws InterruptedException {
        return within(ends, "an end");
    }

    private String within(BlockingQueue<String> queue, String what) throws InterruptedException {
        String text = queue.poll(10, TimeUnit.SECONDS);
        assertThat(text)
                .as("%s within ten seconds; the wire ended with %s", what, ends)
                .isNotNull();
        return String.valueOf(text);
    }

    <T extends WireStep> Stream<T> steps(Class<T> type) {
        return steps.stream().filter(type::isInstance).map(type::cast);
    }
}
