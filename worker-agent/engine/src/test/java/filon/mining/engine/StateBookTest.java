package filon.mining.engine;

import static filon.mining.engine.MiningState.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StateBookTest {
    private final AtomicLong now = new AtomicLong(1);
    private final Tally tally = new Tally();
    private final StateBook book = new StateBook(tally, now::get);

    @Test
    void tellsTheStoryOfAPoolThatGoesAndComesBack() {
        book.preparing("building");
        book.poolSays("connecting to p");
        book.idle();
        book.hashing();
        book.poolLost("p: closed");
        book.idle();
        book.poolSays("connecting to p");
        book.hashing();

        assertThat(book.changes())
                .extracting(StateChange::state)
                .containsExactly(PREPARING, CONNECTING, RUNNING, NO_POOL, RUNNING);
        assertThat(book.changes()).element(3).extracting(StateChange::reason).isEqualTo("p: closed");
    }

    @Test
    void isRunningOnlyFromTheFirstBatchOn() {
        book.idle();
        book.poolSays("waiting for a job");

        assertThat(book.changes()).extracting(StateChange::state).doesNotContain(RUNNING);
    }

    @Test
    void callsADeviceWithoutBatchesStalledAndForgivesIt() {
        book.idle();
        now.set(1_000_000);
        book.hashing();
        book.watch(100);
        now.addAndGet(101);
        book.watch(100);
        tally.batchDone(5, 0, 1, now.get());
        book.watch(100);

        assertThat(book.changes()).extracting(StateChange::state).endsWith(RUNNING, STALLED, RUNNING);
    }

    @Test
    void neverCallsAnIdleDeviceStalled() {
        book.idle();
        now.addAndGet(1_000_000);
        book.watch(100);
        book.hashing();
        book.watch(100);

        assertThat(book.changes()).extracting(StateChange::state).doesNotContain(STALLED);
    }

    @Test
    void staysStoppedWhateverComesLater() {
        book.stopping("asked");
        book.hashing();
        book.failed("late");

        assertThat(book.changes()).extracting(StateChange::state).containsExactly(STOPPING);
    }
}
