package filon.mining.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.ProofsOfWork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fail-over by a clock that the test moves, over wires that the test holds. */
class PoolDeskTest {
    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();
    private static final double RATE = 1e9;

    private final SimulatedPool first = new SimulatedPool("first");
    private final SimulatedPool second = new SimulatedPool("second");
    private final SimulatedPool third = new SimulatedPool("third");
    private final List<PoolEvent> events = new ArrayList<>();
    private final Deque<Runnable> owed = new ArrayDeque<>();
    private long now;
    private PoolDesk desk;

    private void serve(SimulatedPool... pools) {
        List<PoolOrder> orders = Arrays.stream(pools)
                .map(pool ->
                        PoolOrder.of(new Pool(PoolAddress.of("stratum+tcp://" + pool.host() + ":3333"), "me", "x")))
                .toList();
        PoolTerms terms = UsualTerms.of(ProofsOfWork.of("sha256d"), () -> now);
        Wires wires = (order, listener) -> {
            SimulatedPool pool = Arrays.stream(pools)
                    .filter(each -> each.host().equals(order.address().host()))
                    .findFirst()
                    .orElseThrow();
            return pool.open(listener, owed::add);
        };
        desk = new PoolDesk(orders, terms, events::add, wires, owed::add, () -> RATE);
        pass(Duration.ofMillis(200));
    }

    /** Time goes by: all that is owed is done, then the desk looks at the clock, each 50 ms. */
    private void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (now < end) {
            settle();
            now += TICK_NANOS;
            desk.tick();
        }
        settle();
    }

    private void settle() {
        for (Runnable task = owed.poll(); task != null; task = owed.poll()) {
            task.run();
        }
    }

    private <T extends PoolEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private PoolJob job() {
        return events(PoolEvent.NewJob.class).getLast().job();
    }

    private String workedFor() {
        return job().pool().host();
    }

    private Share shareOf(PoolJob job) {
        return job.next().orElseThrow().share(9, Digest.of(new byte[32]), new byte[80], now);
    }

    private void serveAndLeaveAShareUnanswered() {
        serve(first);
        first.answersShares(false);
        desk.submit(shareOf(job()));
        settle();
    }

    private ShareVerdict lastVerdict() {
        return events(PoolEvent.Judged.class).getLast().verdict();
    }

    @Test
    void holdsAJobOfTheNextPoolBeforeItIsNeeded() {
        serve(first, second, third);

        assertThat(workedFor()).isEqualTo(first.host());
        assertThat(events(PoolEvent.StandingBy.class))
                .singleElement()
                .extracting(event -> event.pool().host())
                .isEqualTo(second.host());
        assertThat(third.isConnected()).isFalse();
    }

    @Test
    void givesTheStandbysJobInTheMomentAConnectionBreaks() {
        serve(first, second, third);
        long before = now;

        first.reset();
        settle();

        assertThat(now).isEqualTo(before);
        assertThat(workedFor()).isEqualTo(second.host());
        assertThat(events(PoolEvent.Dry.class)).isEmpty();
    }

    @Test
    void connectsTheThirdWhenTheFirstIsLost() {
        serve(first, second, third);
        first.refusesConnections(true);

        first.reset();
        pass(Duration.ofMillis(200));

        assertThat(third.isConnected()).isTrue();
        assertThat(events(PoolEvent.StandingBy.class).getLast().pool().host()).isEqualTo(third.host());
    }

    @Test
    void findsASilentPoolWithinTwoSeconds() {
        serve(first, second);
        pass(Duration.ofSeconds(10));
        assertThat(workedFor()).isEqualTo(first.host());

        first.silent(true);
        pass(Duration.ofSeconds(2));

        assertThat(workedFor()).isEqualTo(second.host());
        assertThat(events(PoolEvent.Switched.class).getLast().reason()).contains("does not answer");
        assertThat(first.isConnected()).isTrue();
    }

    @Test
    void returnsToThePreferredPoolAfterItWasGoodForAWhile() {
        serve(first, second);
        pass(Duration.ofSeconds(10));
        first.silent(true);
        pass(Duration.ofSeconds(5));
        first.silent(false);
        first.newJob(true);

        pass(Duration.ofSeconds(29));
        assertThat(workedFor()).isEqualTo(second.host());
        pass(Duration.ofSeconds(2));

        assertThat(workedFor()).isEqualTo(first.host());
    }

    @Test
    void leavesAPoolAloneThatDoesNotAnswerPings() {
        first.answersPings(false);
        serve(first, second);

        pass(Duration.ofSeconds(100));

        assertThat(workedFor()).isEqualTo(first.host());
        assertThat(events(PoolEvent.Switched.class)).isEmpty();
    }

    @Test
    void asksAPoolThatHangsUpOnPingsOnlyOnce() {
        first.hangsUpOnPings(true);
        serve(first, second);

        pass(Duration.ofMinutes(1));

        assertThat(first.connections()).isEqualTo(2);
        assertThat(workedFor()).isEqualTo(first.host());
    }

    @Test
    void noticesByItsSharesThatAPoolWentSilentWhichDoesNotAnswerPings() {
        first.answersPings(false);
        serve(first, second);
        pass(Duration.ofSeconds(40));
        desk.submit(shareOf(job()));
        pass(Duration.ofSeconds(1));
        assertThat(lastVerdict()).isEqualTo(new ShareVerdict.Accepted());

        first.silent(true);
        desk.submit(shareOf(job()));
        pass(Duration.ofSeconds(2));

        assertThat(workedFor()).isEqualTo(second.host());
    }

    @Test
    void staysWithASilentPoolWhereThereIsNoOther() {
        serve(first);
        pass(Duration.ofSeconds(10));

        first.silent(true);
        pass(Duration.ofSeconds(60));

        assertThat(events(PoolEvent.Dry.class)).isEmpty();
        pass(Duration.ofSeconds(62));
        assertThat(events(PoolEvent.Dry.class)).singleElement().asString().contains("silent for 120 s");
    }

    @Test
    void leavesAPoolThatRefusesTenSharesInARow() {
        serve(first, second);
        first.shareAnswer("\"result\":null,\"error\":[23,\"low difficulty\",null]");
        for (int i = 0; i < 9; i++) {
            desk.submit(shareOf(job()));
        }
        pass(Duration.ofMillis(100));
        assertThat(workedFor()).isEqualTo(first.host());

        desk.submit(shareOf(job()));
        pass(Duration.ofMillis(100));

        assertThat(workedFor()).isEqualTo(second.host());
        assertThat(events(PoolEvent.Lost.class).getLast().reason()).contains("last 10 shares: 23 low difficulty");
    }

    @Test
    void worksForTheNextPoolWhileOneAsksForAbsurdShares() {
        serve(first, second);
        first.difficulty("1000000000000");

        first.newJob(true);
        settle();

        assertThat(workedFor()).isEqualTo(second.host());
        assertThat(events(PoolEvent.Switched.class).getLast().reason()).contains("minutes at this rate");
    }

    @Test
    void worksForAbsurdSharesWhereThereIsNothingElse() {
        serve(first);
        first.difficulty("1000000000000");

        first.newJob(true);
        settle();

        assertThat(job().id()).isEqualTo("first2");
        assertThat(events(PoolEvent.Dry.class)).isEmpty();
    }

    @Test
    void leavesAPoolThatGivesNoJob() {
        first.givesJobs(false);
        serve(first, second);
        assertThat(workedFor()).isEqualTo(second.host());

        pass(Duration.ofSeconds(31));

        assertThat(events(PoolEvent.Lost.class)).first().asString().contains("no job within 30 s");
    }

    @Test
    void leavesAPoolWhoseExtranonceIsOfNoUse() {
        first.extranonce("zz");
        serve(first, second);

        assertThat(workedFor()).isEqualTo(second.host());
        assertThat(events(PoolEvent.Lost.class)).first().asString().contains("subscription is unusable");
    }

    @Test
    void sendsAShareToThePoolItsJobCameFromAndToNoOther() {
        serve(first, second);
        Share ofFirst = shareOf(job());
        first.difficulty("1000000000000");
        first.newJob(false);
        settle();
        assertThat(workedFor()).isEqualTo(second.host());

        desk.submit(ofFirst);
        desk.submit(shareOf(job()));
        settle();

        assertThat(first.submissions())
                .singleElement()
                .extracting(params -> params.path(1).asText())
                .isEqualTo("first1");
        assertThat(second.submissions())
                .singleElement()
                .extracting(params -> params.path(1).asText())
                .isEqualTo("second1");
    }

    @Test
    void sendsAgainWhatHadNoAnswerWhereThePoolGoesOnWithTheSession() {
        serveAndLeaveAShareUnanswered();
        first.reset();
        first.answersShares(true);
        first.shareAnswer("\"result\":null,\"error\":[22,\"duplicate\",null]");

        pass(Duration.ofSeconds(2));

        assertThat(first.submissions()).hasSize(2);
        assertThat(first.submissions().getFirst()).isEqualTo(first.submissions().getLast());
        assertThat(lastVerdict()).isInstanceOf(ShareVerdict.Accepted.class);
    }

    @Test
    void keepsWhatHadNoAnswerWhileThePoolTakesNoConnections() {
        // Given
        serveAndLeaveAShareUnanswered();
        first.refusesConnections(true);
        first.reset();
        pass(Duration.ofSeconds(3));

        // When
        first.refusesConnections(false);
        first.answersShares(true);
        pass(Duration.ofSeconds(10));

        // Then
        assertThat(first.submissions()).hasSize(2);
        assertThat(events(PoolEvent.Judged.class)).hasSize(1);
        assertThat(lastVerdict()).isInstanceOf(ShareVerdict.Accepted.class);
    }

    @Test
    void givesUpWhatHadNoAnswerWhereThePoolStaysAway() {
        // Given
        serveAndLeaveAShareUnanswered();
        first.refusesConnections(true);

        // When
        first.reset();
        pass(Duration.ofSeconds(40));

        // Then
        assertThat(events(PoolEvent.Judged.class)).hasSize(1);
        assertThat(lastVerdict()).asString().contains("did not come back in time");
    }

    @Test
    void leavesAShareUnansweredWhereThePoolBeginsAnew() {
        serveAndLeaveAShareUnanswered();
        first.reset();
        first.extranonce("ccdd");

        pass(Duration.ofSeconds(2));

        assertThat(first.submissions()).hasSize(1);
        assertThat(events(PoolEvent.Judged.class)).hasSize(1);
        assertThat(lastVerdict()).asString().contains("began anew");
    }

    @Test
    void givesEachShareItsVerdictAtTheEnd() {
        serveAndLeaveAShareUnanswered();

        desk.close();

        assertThat(lastVerdict()).isInstanceOf(ShareVerdict.Unanswered.class);
    }

    @Test
    void givesAShareItsVerdictThatIsFoundAfterTheEnd() {
        serve(first);
        Share late = shareOf(job());
        desk.close();

        desk.submit(late);

        assertThat(events(PoolEvent.Judged.class)).hasSize(1);
        assertThat(lastVerdict()).isInstanceOf(ShareVerdict.Unanswered.class);
    }

    @Test
    void comesBackLaterAndLaterToAPoolThatIsAway() {
        first.refusesConnections(true);
        serve(first);

        pass(Duration.ofMinutes(10));

        List<Long> pauses = events(PoolEvent.Lost.class).stream()
                .map(PoolEvent.Lost::retryMillis)
                .toList();
        assertThat(pauses.getFirst()).isBetween(250L, 500L);
        assertThat(pauses.getLast()).isBetween(30_000L, 60_000L);
        assertThat(first.connections()).isBetween(15, 30);
    }

    @Test
    void doesNotFollowAPoolRoundInCircles() {
        serve(first, second);
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            first.say(PoolLines.call("client.reconnect", "[\"\",3333,0]"));
            pass(Duration.ofMillis(100));
        }

        assertThat(workedFor()).isEqualTo(second.host());
        assertThat(first.connections()).isEqualTo(2);
        assertThat(events(PoolEvent.Lost.class).getLast().retryMillis()).isPositive();
    }

    @Test
    void refusesAPoolOfAnotherFamilyAtOnce() {
        List<PoolOrder> orders =
                List.of(PoolOrder.of(new Pool(PoolAddress.of("ethproxy+tcp://pool.example.org:3333"), "me", "x")));
        PoolTerms terms = UsualTerms.of(ProofsOfWork.of("sha256d"), () -> now);

        assertThatThrownBy(() -> new PoolDesk(orders, terms, events::add, (_, _) -> null, owed::add, () -> RATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sha256d")
                .hasMessageContaining("ethproxy+tcp");
    }

    @Test
    void worksForTheNextPoolWhereAJobCannotBeSearchedAndWaitsLongerEachTime() {
        serve(first, second);
        for (int time = 1; time <= 2; time++) {
            desk.refuse(job(), "a table of 18 GB does not fit");
            assertThat(workedFor()).isEqualTo(second.host());
            assertThat(events(PoolEvent.Switched.class).getLast().reason()).contains("18 GB");

            first.newJob(true);
            pass(Duration.ofSeconds(30L << time).minusSeconds(1));
            assertThat(workedFor()).isEqualTo(second.host());
            pass(Duration.ofSeconds(2));
            assertThat(workedFor()).isEqualTo(first.host());
        }
    }

    @Test
    void staysWithAJobThatCannotBeSearchedWhereThereIsNoOther() {
        serve(first);

        desk.refuse(job(), "a table of 18 GB does not fit");
        first.newJob(true);
        settle();

        assertThat(job().id()).isEqualTo("first2");
        assertThat(events(PoolEvent.Dry.class)).isEmpty();
    }
}
