package filon.provisioning.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class LeadershipTest {
    private static final int CANDIDATES = 8;
    private final String chore = "chore-" + UUID.randomUUID();

    @Inject
    Leadership leadership;

    @Inject
    Database database;

    private Optional<Term> lead(String candidate) {
        return QuarkusTransaction.requiringNew().call(() -> leadership.lead(chore, candidate));
    }

    private void silence() {
        database.write("update leader set expires = clock_timestamp() where name = ?", chore);
    }

    @Test
    void oneOfManyLeadsAndKeepsItsEpoch() throws Exception {
        // When
        List<Callable<Optional<Term>>> candidates = IntStream.range(0, CANDIDATES)
                .<Callable<Optional<Term>>>mapToObj(number -> () -> lead("candidate " + number))
                .toList();
        List<Term> terms = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CANDIDATES)) {
            for (Future<Optional<Term>> answer : threads.invokeAll(candidates)) {
                answer.get().ifPresent(terms::add);
            }
        }

        // Then
        assertThat(terms).containsExactly(new Term(chore, 1));
        String winner = database.first("select holder from leader where name = ?", row -> row.text("holder"), chore)
                .orElseThrow();
        assertThat(lead(winner)).contains(new Term(chore, 1));
        assertThat(lead("somebody else")).isEmpty();
    }

    @Test
    void aSilentLeaderIsFollowedUnderAHigherEpochAndCommitsNothingMore() {
        // Given
        Term first = lead("first").orElseThrow();
        silence();

        // When
        Term second = lead("second").orElseThrow();

        // Then
        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> leadership.confirm(first)))
                .isInstanceOf(DeposedException.class)
                .hasMessageContaining("epoch 1");
        QuarkusTransaction.requiringNew().run(() -> leadership.confirm(second));
    }

    @Test
    void aLeaderThatWasSilentDoesNotComeBackUnderItsOldEpoch() {
        // Given
        Term first = lead("first").orElseThrow();
        silence();

        // When
        Term again = lead("first").orElseThrow();

        // Then
        assertThat(again.epoch()).isEqualTo(first.epoch() + 1);
    }

    @Test
    void aTakeOverWaitsForWhatTheLeaderIsJustDoing() throws Exception {
        // Given
        Term first = lead("first").orElseThrow();
        CountDownLatch confirmed = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> acting =
                    threads.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                        leadership.confirm(first);
                        confirmed.countDown();
                        awaitLatch(mayEnd);
                    }));
            awaitLatch(confirmed);

            // When
            Future<?> takeOver = threads.submit(() -> {
                silence();
                return lead("second");
            });

            // Then
            assertThat(isWaitingForALock()).isTrue();
            assertThat(takeOver).isNotDone();
            mayEnd.countDown();
            acting.get();
            assertThat(takeOver.get()).isEqualTo(Optional.of(new Term(chore, 2)));
        }
    }

    private boolean isWaitingForALock() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            boolean isWaiting = database.first(
                            "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%leader%'",
                            row -> row.number("pid"))
                    .isPresent();
            if (isWaiting) {
                return true;
            }
        }
        return false;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
