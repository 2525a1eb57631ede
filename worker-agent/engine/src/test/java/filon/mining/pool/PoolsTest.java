package filon.mining.pool;

import static filon.mining.pool.PoolLines.notice;
import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final AddressRules LOOPBACK = AddressRules.publicOnly().allowing(List.of("127.0.0.0/8"));
    private static final PoolLimits HASTY = new PoolLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMillis(2),
            Duration.ofMillis(20));

    private final BlockingQueue<PoolEvent> events = new LinkedBlockingQueue<>();
    private Pools pools;
    private Thread thread;

    @AfterEach
    void closePools() {
        if (pools != null) {
            pools.close();
        }
    }

    private static Pool at(int port) {
        return new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:" + port), "me", "x");
    }

    private void connect(AddressRules rules, Pool... ordered) {
        PoolTerms terms = new PoolTerms(
                ProofsOfWork.of("sha256d"),
                rules,
                OptionalDouble.empty(),
                HASTY,
                System::nanoTime,
                new SplittableRandom(1));
        pools = new Pools(Arrays.stream(ordered).map(PoolOrder::of).toList(), terms, events::add, () -> 0);
        thread = Thread.ofPlatform().daemon().start(pools);
    }

    private <T extends PoolEvent> T next(Class<T> type) throws InterruptedException {
        while (true) {
            PoolEvent event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event)
                    .as("an event %s within ten seconds", type.getSimpleName())
                    .isNotNull();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private static Share shareOf(PoolJob job) {
        return job.next().orElseThrow().share(9, Digest.of(new byte[32]), new byte[80], 0);
    }

    @Test
    void minesWithAPoolAndHearsItsVerdict() throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            connect(LOOPBACK, at(pool.port()));
            pool.welcome(notice("a", true));
            Share share = shareOf(next(PoolEvent.NewJob.class).job());

            pools.submit(share);
            var request = pool.expect("mining.submit");
            pool.answer(request, "true");

            assertThat(request.path("params").path(1).textValue()).isEqualTo("a");
            assertThat(next(PoolEvent.Judged.class).verdict()).isEqualTo(new ShareVerdict.Accepted());
        }
    }

    @Test
    void comesBackAfterALostConnectionAndSubmitsNothingOldThere() throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            connect(LOOPBACK, at(pool.port()));
            pool.welcome(notice("a", true));
            Share old = shareOf(next(PoolEvent.NewJob.class).job());

            pool.hangUp();
            assertThat(next(PoolEvent.Lost.class).reason()).contains("closed");
            pool.welcome("ccdd", notice("b", true));
            next(PoolEvent.NewJob.class);
            pools.submit(old);

            assertThat(next(PoolEvent.Judged.class).verdict()).isInstanceOf(ShareVerdict.Stale.class);
        }
    }

    @Test
    void leavesAShareUnansweredWhenTheConnectionEndsFirst() throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            connect(LOOPBACK, at(pool.port()));
            pool.welcome(notice("a", true));
            pools.submit(shareOf(next(PoolEvent.NewJob.class).job()));
            pool.expect("mining.submit");

            pool.hangUp();

            assertThat(next(PoolEvent.Judged.class).verdict()).isInstanceOf(ShareVerdict.Unanswered.class);
        }
    }

    @Test
    void goesToTheNextPoolWhenTheFirstDoesNotAnswer() throws Exception {
        int closedPort;
        try (ScriptedPool gone = new ScriptedPool()) {
            closedPort = gone.port();
        }
        try (ScriptedPool second = new ScriptedPool()) {
            connect(LOOPBACK, at(closedPort), at(second.port()));
            second.welcome(notice("a", true));

            assertThat(next(PoolEvent.NewJob.class).job().pool())
                    .isEqualTo(at(second.port()).address());
        }
    }

    @Test
    void followsAPoolToAnotherPortOfItsHost() throws Exception {
        try (ScriptedPool first = new ScriptedPool();
                ScriptedPool second = new ScriptedPool()) {
            connect(LOOPBACK, at(first.port()));
            first.welcome(notice("a", true));
            first.send("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"127.0.0.1\",\"" + second.port()
                    + "\",0]}");
            second.welcome(notice("b", true));

            next(PoolEvent.Lost.class);
            assertThat(next(PoolEvent.NewJob.class).job().pool())
                    .isEqualTo(at(second.port()).address());
        }
    }

    @Test
    void refusesAPoolAtAForbiddenAddress() throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            connect(AddressRules.publicOnly(), at(pool.port()));

            assertThat(next(PoolEvent.Lost.class).reason()).contains("127.0.0.0/8");
        }
    }

    @Test
    void endsWhereItsThreadIsInterruptedWhileSomethingIsLeftToDo() throws Exception {
        // Given
        try (ScriptedPool pool = new ScriptedPool()) {
            PoolOrder order = PoolOrder.of(at(pool.port()));
            PoolTerms terms = new PoolTerms(
                    ProofsOfWork.of("sha256d"),
                    LOOPBACK,
                    OptionalDouble.empty(),
                    HASTY,
                    System::nanoTime,
                    new SplittableRandom(1));
            pools = new Pools(List.of(order), terms, events::add, () -> 0);
            pools.submit(new Share(-1, 0, order.address(), "a", new byte[80], Target.EASIEST, 0, List.of()));
            Thread thread = Thread.ofPlatform().daemon().unstarted(pools);

            // When
            thread.interrupt();
            thread.start();

            // Then
            assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
            assertThat(events).hasAtLeastOneElementOfType(PoolEvent.Judged.class);
        }
    }

    @Test
    void givesUpAPoolThatSendsALineWithoutEnd() throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            connect(LOOPBACK, at(pool.port()));
            pool.accept();
            try {
                pool.send("x".repeat(300_000));
            } catch (IOException theClientLeft) {
                // while we were still sending, as it should
            }

            assertThat(next(PoolEvent.Lost.class).reason()).contains("exceeds");
        }
    }

    @Test
    void endsThoughAPoolNeverStopsTalking() throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            connect(LOOPBACK, at(pool.port()));
            pool.welcome(notice("a", true));
            next(PoolEvent.NewJob.class);
            Thread talking = Thread.ofPlatform().daemon().start(() -> talk(pool));
            next(PoolEvent.Said.class);

            pools.close();

            assertThat(thread.join(Duration.ofSeconds(3))).isTrue();
            talking.join();
        }
    }

    private static void talk(ScriptedPool pool) {
        String nonsense = "x\n".repeat(1_000);
        try {
            while (true) {
                pool.send(nonsense);
            }
        } catch (IOException theClientLeft) {
            // as it should
        }
    }
}
