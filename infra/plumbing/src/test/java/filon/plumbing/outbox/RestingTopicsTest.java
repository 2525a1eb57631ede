package filon.plumbing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestingTopicsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RestingTopics topics = new RestingTopics(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void restsOneSecondThenTwiceThatUpToEight() {
        for (long seconds : new long[] {1, 2, 4, 8, 8}) {
            topics.rest("a");
            pass(seconds * 1_000 - 1);
            assertThat(topics.isResting("a")).as("after almost %d s", seconds).isTrue();
            pass(1);
            assertThat(topics.isResting("a")).as("after %d s", seconds).isFalse();
        }
    }

    @Test
    void beginsAnewOnceTheTopicWorks() {
        topics.rest("a");
        topics.rest("a");
        topics.works("a");

        assertThat(topics.rest("a")).as("told once more").isTrue();
        pass(1_000);
        assertThat(topics.isResting("a")).isFalse();
    }

    @Test
    void concernsNoOtherTopic() {
        assertThat(topics.rest("a")).isTrue();
        assertThat(topics.rest("a")).isFalse();

        assertThat(topics.isResting("b")).isFalse();
        assertThat(topics.suspects()).containsExactly("a");
    }

    @Test
    void asksForOneTryAtATimeAndInTurns() {
        topics.rest("a");
        topics.rest("b");
        assertThat(topics.due()).as("while both rest").isEmpty();

        pass(1_000);
        assertThat(topics.due()).contains("a");
        topics.rest("a");
        assertThat(topics.due())
                .as("so that tries that fail leave time to the others")
                .isEmpty();

        pass(1_000);
        assertThat(topics.due()).contains("b");
        topics.works("b");
        assertThat(topics.suspects()).containsExactly("a");
        pass(1_000);
        assertThat(topics.due()).contains("a");
    }
}
