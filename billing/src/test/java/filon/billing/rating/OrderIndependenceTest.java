package filon.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.billing.BillingDatabase;
import filon.billing.MovableClock;
import filon.billing.Published;
import filon.billing.Scene;
import filon.billing.Transactions;
import filon.billing.database.Database;
import filon.billing.hold.Holds;
import filon.billing.meter.GpuReading;
import filon.billing.meter.LeaseReading;
import filon.billing.meter.Leases;
import filon.billing.meter.Meters;
import filon.billing.meter.UsageIngestion;
import filon.contracts.message.BillingNotice.CostPosted;
import filon.contracts.message.LeaseNotice;
import filon.contracts.value.RentalId;
import filon.plumbing.inbox.RawRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class OrderIndependenceTest {
    private static final int PERMUTATIONS = 200;
    /** Most of the time one waits for the disk that confirms its commit. */
    private static final int THREADS = 4;

    @Inject
    UsageIngestion ingestion;

    @Inject
    Leases leases;

    @Inject
    Meters meters;

    @Inject
    Ratings ratings;

    @Inject
    Holds holds;

    @Inject
    Database database;

    @Inject
    Published published;

    @Inject
    Scene scene;

    @Inject
    Transactions transactions;

    @Inject
    MovableClock clock;

    @BeforeEach
    void prepare() {
        clock.set(MovableClock.START);
    }

    @Test
    void anyOrderRepetitionBatchingAndCrashEndsInTheSameMeterAndTheSameCost() throws Exception {
        // Given
        long seed = new Random().nextLong();
        System.out.println("OrderIndependenceTest seed " + seed);
        Set<String> outcomes = new HashSet<>();

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<String>> all = IntStream.range(0, PERMUTATIONS)
                    .mapToObj(permutation -> threads.submit(() -> outcome(seed, permutation)))
                    .toList();
            for (Future<String> one : all) {
                outcomes.add(one.get());
            }
        }

        // Then
        assertThat(outcomes).as("seed " + seed).hasSize(1);
    }

    /** Delivers the story in the permutation's own disorder, to customer and hosts of its own, and says how it ends. */
    private String outcome(long seed, int permutation) {
        Random random = new Random(seed + 31L * permutation);
        UsageStory story = new UsageStory(seed, random.nextLong(), scene.customerWith(10_000_000));
        holds.request(story.first, Scene.order(story.customer, 3));
        holds.request(story.second, Scene.order(story.customer, 1));

        deliver(story, permutation == 0 ? List.of() : surprises(story, random), random);
        ratings.rate(story.first);
        ratings.rate(story.second);

        String context = "seed " + seed + " permutation " + permutation;
        assertSound(story, story.first, context);
        assertSound(story, story.second, context);
        return state(story.first) + state(story.second);
    }

    /** First in order; else shuffled, with one in four repeated. */
    private static List<Object> surprises(UsageStory story, Random random) {
        List<Object> events = new ArrayList<>(story.reports);
        for (RawRecord report : story.reports) {
            if (random.nextInt(4) == 0) {
                events.add(report);
            }
        }
        for (int times = 0; times < 2; times++) {
            events.addAll(story.grants);
            events.addAll(story.ends);
        }
        Collections.shuffle(events, random);
        return events;
    }

    private void deliver(UsageStory story, List<Object> disorder, Random random) {
        List<Object> events = disorder;
        if (events.isEmpty()) {
            events = new ArrayList<>(story.grants);
            events.addAll(story.reports);
            events.addAll(story.ends);
        }
        List<RawRecord> batch = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof RawRecord report) {
                batch.add(report);
                if (random.nextInt(6) == 0) {
                    ingest(batch, random);
                }
            } else {
                ingest(batch, random);
                hear(event, random);
            }
            if (random.nextInt(25) == 0) {
                ratings.rate(random.nextBoolean() ? story.first : story.second);
            }
        }
        ingest(batch, random);
    }

    /** Now and then the process dies before the commit, and the batch is delivered again, split differently. */
    private void ingest(List<RawRecord> batch, Random random) {
        if (batch.isEmpty()) {
            return;
        }
        if (random.nextInt(4) == 0) {
            int survived = random.nextInt(batch.size());
            crash(() -> ingestion.ingest(batch.subList(0, survived + 1)));
            if (survived > 0) {
                ingestion.ingest(batch.subList(0, survived));
            }
        }
        ingestion.ingest(batch);
        batch.clear();
    }

    private void hear(Object event, Random random) {
        Runnable hearing =
                switch (event) {
                    case LeaseNotice.Granted granted -> () -> leases.granted(granted);
                    case LeaseNotice.Ended ended -> () -> leases.ended(ended);
                    default -> throw new IllegalStateException("no such event: " + event);
                };
        if (random.nextInt(4) == 0) {
            crash(hearing);
        }
        hearing.run();
    }

    private void crash(Runnable work) {
        assertThatThrownBy(() -> transactions.crash(work)).isInstanceOf(Transactions.CrashException.class);
    }

    private void assertSound(UsageStory story, RentalId rental, String context) {
        PostedCost posted = ratings.posted(rental).orElseThrow();
        assertThat(posted.provenSeconds())
                .as(context)
                .isEqualTo(story.naiveSeconds(rental))
                .isPositive();
        assertThat(posted.cost()).isEqualTo(Scene.PRICE.costOfSeconds(posted.provenSeconds()));
        List<CostPosted> said = published.about(story.customer.value(), CostPosted.class).stream()
                .filter(cost -> cost.rentalId().equals(rental))
                .toList();
        assertThat(said)
                .allSatisfy(cost -> assertThat(cost.cost()).isEqualTo(Scene.PRICE.costOfSeconds(cost.provenSeconds())));
        assertThat(said).extracting(CostPosted::version).isSorted().doesNotHaveDuplicates();
        assertThat(said.getLast().cost()).isEqualTo(posted.cost());
        assertThat(charged(rental)).as(context).isEqualTo(posted.cost().amount());
    }

    private long charged(RentalId rental) {
        return database.select("""
                        select coalesce(sum(p.micro), 0) from entry e join posting p on p.entry_id = e.id
                        join account a on a.id = p.account_id and a.kind = 'REVENUE'
                        where e.kind = 'USAGE_CHARGED' and e.idempotency_key like ?""", row -> row.getLong(1), "usage:" + rental + ":%")
                .getFirst();
    }

    /** The meter of a rental without its ids. */
    private String state(RentalId rental) {
        StringBuilder state = new StringBuilder();
        for (LeaseReading reading : meters.readings(rental)) {
            state.append(reading.lease().epoch()).append(leases.isComplete(reading.lease()));
            for (GpuReading gpu : reading.gpus()) {
                state.append(gpu);
            }
        }
        return state.toString();
    }
}
