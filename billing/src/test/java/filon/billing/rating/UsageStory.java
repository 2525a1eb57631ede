package filon.billing.rating;

import filon.billing.MovableClock;
import filon.billing.Scene;
import filon.billing.TestHost;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import filon.plumbing.inbox.RawRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A random but repeatable history of two rentals on two hosts: gaps, overlaps, an agent's restart, a replacement under a higher
 * epoch, repeated headers, lies about epochs. The same seed gives the same history, with other ids and headers each time.
 */
final class UsageStory {
    private static final int FROM = -600;
    private static final int SLOT = 20;
    private static final long ZERO = MovableClock.START.toEpochMilli() + FROM * 1_000L;

    final CustomerId customer;
    final RentalId first = RentalId.of(UUID.randomUUID());
    final RentalId second = RentalId.of(UUID.randomUUID());
    final List<LeaseNotice.Granted> grants;
    final List<LeaseNotice.Ended> ends;
    final List<RawRecord> reports = new ArrayList<>();

    private final Random structure;
    private final Random headers;
    /** What really happened, a bit per millisecond, by lease and GPU. */
    private final Map<String, BitSet> covered = new HashMap<>();

    private final Map<String, BitSet> windows = new HashMap<>();
    private ShareProof lastShare;

    UsageStory(long seed, long headerSeed, CustomerId customer) {
        this.structure = new Random(seed);
        this.headers = new Random(headerSeed);
        this.customer = customer;
        TestHost left = TestHost.fresh();
        TestHost right = TestHost.fresh();
        LeaseNotice.Granted old = grant(first, left, 1, -600, "a0", "a1");
        LeaseNotice.Granted replacement = grant(first, right, 2, -300, "b0");
        LeaseNotice.Granted other = grant(second, right, 1, -500, "b1");
        grants = List.of(old, replacement, other);
        ends = List.of(end(old, -200), end(replacement, -20), end(other, -100));
        mine(left, old, -600, -380);
        mine(left.restarted(), old, -380, -180);
        mine(right, replacement, -300, 0);
        mine(right, other, -500, -80);
    }

    /** Proven seconds by the one rule, millisecond by millisecond. */
    long naiveSeconds(RentalId rental) {
        Map<String, Long> millis = new HashMap<>();
        for (LeaseNotice.Granted lease : grants) {
            if (lease.rentalId().equals(rental)) {
                for (GpuId gpu : lease.gpuIds()) {
                    millis.merge(gpu.value(), naiveMillis(lease, gpu), Long::sum);
                }
            }
        }
        return millis.values().stream().mapToLong(m -> m / 1_000).sum();
    }

    private long naiveMillis(LeaseNotice.Granted lease, GpuId gpu) {
        BitSet proven = covered(lease, gpu);
        proven.and(windows.getOrDefault(key(lease, gpu), new BitSet()));
        int index = grants.indexOf(lease);
        long from = at(lease.grantedAt().toEpochMilli()) - 5_000;
        long to = at(ends.get(index).endedAt().toEpochMilli()) + 5_000;
        // the first rental: the old lease is billed to its replacement's grant, the replacement from its own
        if (index == 0) {
            to = Math.min(to, at(grants.get(1).grantedAt().toEpochMilli()));
        } else if (index == 1) {
            from = at(lease.grantedAt().toEpochMilli());
        }
        long sum = 0;
        for (int t = proven.nextSetBit(0); t >= 0; t = proven.nextSetBit(t + 1)) {
            sum += t >= from && t < to ? 1 : 0;
        }
        return sum;
    }

    private void mine(TestHost host, LeaseNotice.Granted lease, int fromSecond, int toSecond) {
        for (int second = fromSecond; second < toSecond; second += SLOT) {
            List<GpuUsage> blocks = new ArrayList<>();
            for (GpuId gpu : lease.gpuIds()) {
                blocks.add(block(lease, gpu, second, second + SLOT >= toSecond));
            }
            if (structure.nextInt(8) == 0) {
                blocks.add(lie(blocks.getFirst()));
            }
            reports.add(host.report(blocks.toArray(GpuUsage[]::new)));
        }
    }

    private GpuUsage block(LeaseNotice.Granted lease, GpuId gpu, int second, boolean isFinal) {
        List<Span> spans = new ArrayList<>();
        long slot = MovableClock.START.toEpochMilli() + second * 1_000L;
        for (int i = structure.nextInt(3); i >= 0; i--) {
            long from = slot + structure.nextInt(SLOT * 1_000 - 1);
            long to = from + 1 + structure.nextInt((int) (slot + SLOT * 1_000 - from));
            spans.add(new Span(from, to));
            covered.computeIfAbsent(key(lease, gpu), k -> new BitSet()).set(at(from), at(to));
        }
        List<ShareProof> shares = new ArrayList<>();
        for (int i = structure.nextInt(3); i > 0; i--) {
            shares.add(share(slot + structure.nextInt(SLOT * 1_000)));
            prove(lease, gpu, shares.getLast().atMillis());
        }
        boolean repeats = structure.nextInt(5) == 0;
        if (repeats && lastShare != null) {
            // told again for a later instant: the earlier one has it, so this proves nothing, whoever says it
            shares.add(new ShareProof(
                    lastShare.atMillis() + 45_000 + structure.nextInt(50_000), lastShare.header(), lastShare.target()));
        }
        lastShare = shares.isEmpty() || repeats ? null : shares.getLast();
        return Scene.usage(lease, gpu, spans, shares, isFinal);
    }

    private ShareProof share(long atMillis) {
        return TestHost.share(atMillis, headers);
    }

    private void prove(LeaseNotice.Granted lease, GpuId gpu, long atMillis) {
        int at = at(atMillis);
        windows.computeIfAbsent(key(lease, gpu), k -> new BitSet()).set(Math.max(0, at - 59_999), at + 1);
    }

    private GpuUsage lie(GpuUsage truth) {
        Span wide = new Span(ZERO, MovableClock.START.toEpochMilli());
        return new GpuUsage(
                truth.leaseId(),
                truth.rentalId(),
                truth.epoch() + 7,
                truth.gpuId(),
                List.of(wide),
                9_999_999,
                9_999,
                9_999,
                List.of(),
                false);
    }

    private BitSet covered(LeaseNotice.Granted lease, GpuId gpu) {
        return (BitSet) covered.getOrDefault(key(lease, gpu), new BitSet()).clone();
    }

    private LeaseNotice.Granted grant(RentalId rental, TestHost host, long epoch, int second, String... gpus) {
        GpuId[] ids = java.util.Arrays.stream(gpus).map(GpuId::of).toArray(GpuId[]::new);
        return Scene.grant(rental, customer, host, epoch, MovableClock.START.plusSeconds(second), ids);
    }

    private static LeaseNotice.Ended end(LeaseNotice.Granted lease, int second) {
        return new LeaseNotice.Ended(
                lease.rentalId(), lease.leaseId(), lease.epoch(), MovableClock.START.plusSeconds(second), "test");
    }

    private static String key(LeaseNotice.Granted lease, GpuId gpu) {
        return lease.leaseId() + "/" + gpu;
    }

    private static int at(long millis) {
        return Math.toIntExact(millis - ZERO);
    }
}
