package filon.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import filon.billing.meter.Claim;
import filon.billing.meter.GpuReading;
import filon.billing.meter.Intervals;
import filon.billing.meter.Lease;
import filon.billing.meter.LeaseEnd;
import filon.billing.meter.LeaseReading;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RatingTest {
    private static final RentalId RENTAL = RentalId.of(UUID.randomUUID());
    private static final CustomerId CUSTOMER = CustomerId.of("cleo");
    private static final HostId HOST = HostId.of(UUID.randomUUID());
    private static final GpuId GPU = GpuId.of("gpu-0");
    private static final MicroEuro PRICE = MicroEuro.of(360_000);
    /** The tests' own time: milliseconds since an hour after the epoch, so that no tolerance reaches below zero. */
    private static final long ZERO = 3_600_000;

    @Test
    void aShareProvesTheMinuteBeforeItAndItsOwnMillisecond() {
        // Given two minutes of running and one share at the end of the first
        LeaseReading reading = lease(1, 0, 200_000, gpu(span(0, 120_000), share(60_000)));

        // When
        Rating rating = Rating.of(PRICE, List.of(reading));

        // Then (0 s, 60 s] holds 60 000 milliseconds of which the one at 60 000 is the last
        assertThat(rating.lines().getFirst().provenMillis()).isEqualTo(60_000);
        assertThat(rating.provenSeconds()).isEqualTo(60);
        assertThat(rating.cost()).isEqualTo(MicroEuro.of(6_000));
        assertThat(rating.meteredUntil()).isEqualTo(Instant.ofEpochMilli(ZERO + 120_000));
    }

    @Test
    void timeThatIsNotCoveredIsNeverProven() {
        // Given a share long after the device stopped, and one within
        LeaseReading reading = lease(1, 0, 400_000, gpu(span(0, 10_000), share(300_000)));

        // When / Then
        assertThat(Rating.of(PRICE, List.of(reading)).provenSeconds()).isZero();
    }

    @Test
    void partsOfASecondCountPerGpuNotPerLease() {
        // Given 900 ms under each of two leases of the same GPU, and 900 ms of another GPU
        LeaseReading first = lease(1, 0, 20_000, gpu(span(0, 900), share(1_000)));
        LeaseReading second = lease(
                2,
                30_000,
                60_000,
                gpu(span(30_000, 30_900), share(31_000)),
                other(span(40_000, 40_900), share(41_000)));

        // When
        Rating rating = Rating.of(PRICE, List.of(first, second));

        // Then 1.8 s of the one and 0.9 s of the other
        assertThat(rating.provenSeconds()).isEqualTo(1);
    }

    @Test
    void nothingBeyondTheLeaseIsBilledButForFiveSecondsOfClockError() {
        // Given running from a minute before the grant to a minute after the end
        LeaseReading reading = lease(
                1,
                60_000,
                120_000,
                gpu(span(0, 180_000), share(50_000), share(100_000), share(150_000), share(190_000)));

        // When / Then
        assertThat(Rating.of(PRICE, List.of(reading)).provenSeconds()).isEqualTo(70);
    }

    @Test
    void onlyTheNewestEpochIsBilledWhereLeasesOverlap() {
        // Given an old host that goes on after its replacement was granted
        LeaseReading old = lease(1, 0, 300_000, gpu(span(0, 120_000), share(59_999), share(119_999)));
        LeaseReading replacement = lease(2, 60_000, 300_000, other(span(60_000, 120_000), share(119_999)));

        // When
        Rating rating = Rating.of(PRICE, List.of(replacement, old));

        // Then
        assertThat(rating.provenSeconds()).isEqualTo(120);
    }

    @Test
    void agreesWithAMillisecondByMillisecondReckoning() {
        long seed = new Random().nextLong();
        System.out.println("RatingTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            // Given
            List<LeaseReading> readings = new ArrayList<>();
            for (int epoch = 1; epoch <= 1 + random.nextInt(3); epoch++) {
                readings.add(randomLease(epoch, random));
            }

            // When
            Rating rating = Rating.of(PRICE, readings);

            // Then
            assertThat(rating.provenSeconds())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(naiveSeconds(readings));
            assertThat(rating.cost()).isEqualTo(PRICE.costOfSeconds(rating.provenSeconds()));
        }
    }

    private static long naiveSeconds(List<LeaseReading> readings) {
        Map<GpuId, Long> millis = new HashMap<>();
        for (LeaseReading reading : readings) {
            for (GpuReading gpu : reading.gpus()) {
                BitSet covered = bits(gpu.covered());
                BitSet proven = bits(gpu.windows());
                long sum = 0;
                for (int t = 0; t < covered.length(); t++) {
                    boolean counts = covered.get(t) && proven.get(t) && isBillable(t, reading, readings);
                    sum += counts ? 1 : 0;
                }
                millis.merge(gpu.gpu(), sum, Long::sum);
            }
        }
        return millis.values().stream().mapToLong(m -> m / 1_000).sum();
    }

    private static boolean isBillable(long t, LeaseReading mine, List<LeaseReading> all) {
        boolean within = t >= from(mine) - 5_000 && t < to(mine) + 5_000;
        for (LeaseReading other : all) {
            long epochs = Long.compare(other.lease().epoch(), mine.lease().epoch());
            if (epochs > 0) {
                within &= t < from(other);
            } else if (epochs < 0) {
                within &= t >= Math.min(from(mine), to(other) + 5_000);
            }
        }
        return within;
    }

    private static long from(LeaseReading reading) {
        return reading.lease().grantedAt().toEpochMilli() - ZERO;
    }

    private static long to(LeaseReading reading) {
        return reading.end().orElseThrow().endedAt().toEpochMilli() - ZERO;
    }

    private static LeaseReading randomLease(int epoch, Random random) {
        long from = random.nextInt(100_000);
        return lease(epoch, from, from + random.nextInt(100_000), randomGpu(GPU, random), randomGpu(OTHER, random));
    }

    private static GpuReading randomGpu(GpuId gpu, Random random) {
        Intervals covered = Intervals.EMPTY;
        Intervals windows = Intervals.EMPTY;
        for (int i = 0; i < 5; i++) {
            long from = random.nextInt(200_000);
            covered = covered.union(span(from, from + 1 + random.nextInt(20_000)));
            windows = windows.union(share(60_000 + random.nextInt(200_000)));
        }
        return new GpuReading(gpu, covered, windows, 0, 0, 0);
    }

    private static BitSet bits(Intervals intervals) {
        BitSet bits = new BitSet();
        intervals.ranges().forEach(r -> bits.set((int) (r.from() - ZERO), (int) (r.to() - ZERO)));
        return bits;
    }

    private static final GpuId OTHER = GpuId.of("gpu-1");

    private static LeaseReading lease(long epoch, long fromMillis, long toMillis, GpuReading... gpus) {
        Instant granted = Instant.ofEpochMilli(ZERO + fromMillis);
        Instant ended = Instant.ofEpochMilli(ZERO + toMillis);
        Lease lease = new Lease(
                LeaseId.of(UUID.randomUUID()), RENTAL, CUSTOMER, epoch, HOST, List.of(GPU, OTHER), granted, ended);
        return new LeaseReading(lease, Optional.of(new LeaseEnd(ended, ended)), List.of(gpus));
    }

    private static GpuReading gpu(Intervals covered, Intervals... windows) {
        return reading(GPU, covered, windows);
    }

    private static GpuReading other(Intervals covered, Intervals... windows) {
        return reading(OTHER, covered, windows);
    }

    private static GpuReading reading(GpuId gpu, Intervals covered, Intervals... windows) {
        Intervals all = Intervals.EMPTY;
        for (Intervals window : windows) {
            all = all.union(window);
        }
        return new GpuReading(gpu, covered, all, 0, windows.length, 0);
    }

    private static Intervals span(long from, long to) {
        return Intervals.between(ZERO + from, ZERO + to);
    }

    private static Intervals share(long at) {
        return new Claim("00", LeaseId.of(UUID.randomUUID()), GPU, ZERO + at).window();
    }
}
