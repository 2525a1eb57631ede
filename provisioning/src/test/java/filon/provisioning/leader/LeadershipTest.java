package filon.provisioning.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
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
import java.util.function.Supplier;
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

    @Inject
    UserTransaction transaction;

    private Optional<Term> lead(String candidate) {
        return inTransaction(() -> leadership.lead(chore, candidate));
    }

    private void confirm(Term term) {
        inTransaction(() -> {
            leadership.confirm(term);
            return term;
        });
    }

    private <T> T inTransaction(Supplier<T> action) {
        try {
            transaction.begin();
            T result = rollingBack(action);
            transaction.commit();
            return result;
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T rollingBack(Supplier<T> action) throws SystemException {
        try {
            return action.get();
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
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
        assertThatThrownBy(() -> confirm(first))
                .isInstanceOf(DeposedException.class)
                .hasMessageContaining("epoch 1");
        confirm(second);
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
            Future<?> acting = threads.submit(() -> inTransaction(() -> {
                leadership.confirm(first);
                confirmed.countDown();
                awaitLatch(mayEnd);
                return first;
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
