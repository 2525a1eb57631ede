package filon.billing.meter;

import filon.billing.proof.ShareVerifier;
import filon.billing.proof.Verdict;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Joins received usage into the meters of leases, and parks what belongs to a lease nobody heard of yet. */
@ApplicationScoped
@Transactional
public class Meters {
    /** How far a host's clock may be ahead of ours: what it claims beyond has not happened yet and is cut off. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final MeterStore store;
    private final ReportStore reports;
    private final ShareVerifier verifier;

    Meters(MeterStore store, ReportStore reports, ShareVerifier verifier) {
        this.store = store;
        this.reports = reports;
        this.verifier = verifier;
    }

    public List<LeaseReading> readings(RentalId rental) {
        return store.readings(rental);
    }

    /** Meters, parks or refuses each block; what is refused is kept as a conflict. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void apply(List<Metered> blocks, Instant now) {
        Map<LeaseId, Lease> leases = leasesOf(blocks);
        Set<MeterStore.Parked> parked = new HashSet<>();
        List<Conflict> conflicts = new ArrayList<>();
        Map<Target, Join> joins = new TreeMap<>();
        Set<RentalId> touched = new TreeSet<>();
        for (Metered block : blocks) {
            Lease lease = leases.get(block.usage().leaseId());
            if (lease == null) {
                parked.add(new MeterStore.Parked(block.usage().leaseId(), block.report()));
                continue;
            }
            Optional<String> objection = lease.objectionTo(block.report().host(), block.usage());
            if (objection.isPresent()) {
                conflicts.add(new Conflict.PartOfReport(block.report(), lease.id(), objection.get()));
                continue;
            }
            touched.add(lease.rental());
            Target target = new Target(lease.id(), block.usage().gpuId());
            conflicts.addAll(joins.computeIfAbsent(target, Join::new).add(block));
        }
        Collection<Join> all = joins.values();
        conflicts.addAll(claim(all));
        store.join(all.stream().map(Join::delta).toList());
        store.park(parked);
        reports.insertConflicts(conflicts, now);
        store.touch(touched);
    }

    private Map<LeaseId, Lease> leasesOf(List<Metered> blocks) {
        TreeSet<LeaseId> ids = new TreeSet<>();
        blocks.forEach(block -> ids.add(block.usage().leaseId()));
        Map<LeaseId, Lease> leases = new TreeMap<>(store.find(ids));
        ids.removeAll(leases.keySet());
        // a grant may be on its way: it waits for our parking, or we see what it brought
        ids.forEach(store::lock);
        leases.putAll(store.find(ids));
        return leases;
    }

    /** Lets every header count once, for ever, over all leases, whatever the order of arrival. */
    private List<Conflict> claim(Collection<Join> joins) {
        List<Conflict> conflicts = new ArrayList<>();
        TreeMap<String, Claim> best = new TreeMap<>();
        for (Join join : joins) {
            for (Map.Entry<Claim, ReportId> said : join.claims.entrySet()) {
                Claim claim = said.getKey();
                Claim before = best.put(claim.hash(), claim);
                if (before != null) {
                    best.put(claim.hash(), before.compareTo(claim) < 0 ? before : claim);
                    conflicts.add(twice(said.getValue(), claim));
                }
            }
        }
        List<Reassignment> reassignments = new ArrayList<>();
        for (Claim standing : store.register(best.values())) {
            Claim claim = best.get(standing.hash());
            if (!claim.equals(standing)) {
                Claim winner = claim.compareTo(standing) < 0 ? claim : standing;
                conflicts.add(twice(reporterOf(joins, claim), claim));
                best.put(standing.hash(), winner);
                if (winner.equals(claim)) {
                    reassignments.add(new Reassignment(standing, claim));
                }
            }
        }
        reassignments.forEach(change -> store.reassign(change.from(), change.to()));
        joins.forEach(join -> join.keep(best));
        return conflicts;
    }

    private static ReportId reporterOf(Collection<Join> joins, Claim claim) {
        return joins.stream()
                .map(join -> join.claims.get(claim))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static Conflict twice(ReportId report, Claim claim) {
        return new Conflict.PartOfReport(
                report, claim.lease(), "solved header " + claim.hash() + " was claimed before with differences");
    }

    private record Reassignment(Claim from, Claim to) {}

    private record Target(LeaseId lease, GpuId gpu) implements Comparable<Target> {
        @Override
        public int compareTo(Target other) {
            int byLease = lease.compareTo(other.lease);
            return byLease != 0 ? byLease : gpu.compareTo(other.gpu);
        }
    }

    /** What a batch brings for one GPU under one lease. */
    private final class Join {
        private final Target target;
        private final List<Intervals.Range> covered = new ArrayList<>();
        private final Map<Claim, ReportId> claims = new TreeMap<>();
        private Intervals windows = Intervals.EMPTY;
        private long hashes;
        private long accepted;
        private long rejected;
        private Optional<ReportId> finalReport = Optional.empty();

        Join(Target target) {
            this.target = target;
        }

        List<Conflict> add(Metered block) {
            GpuUsage usage = block.usage();
            long horizon = block.receivedAt().plus(CLOCK_TOLERANCE).toEpochMilli();
            for (Span span : usage.running()) {
                long from = Math.max(0, span.fromMillis());
                long to = Math.min(horizon, span.toMillis());
                if (from < to) {
                    covered.add(new Intervals.Range(from, to));
                }
            }
            hashes = Math.max(hashes, usage.hashes());
            accepted = Math.max(accepted, usage.acceptedShares());
            rejected = Math.max(rejected, usage.rejectedShares());
            if (usage.isFinal()) {
                finalReport = Optional.of(later(block.report()));
            }
            return prove(block, horizon);
        }

        private List<Conflict> prove(Metered block, long horizon) {
            List<Conflict> conflicts = new ArrayList<>();
            for (ShareProof share : block.usage().shares()) {
                if (share.atMillis() < 0 || share.atMillis() >= horizon) {
                    conflicts.add(new Conflict.PartOfReport(
                            block.report(), target.lease(), "share at " + share.atMillis() + " has not happened yet"));
                    continue;
                }
                switch (verifier.verify(share)) {
                    case Verdict.Proven proven ->
                        claims.putIfAbsent(
                                new Claim(
                                        HexFormat.of().formatHex(proven.hash()),
                                        target.lease(),
                                        target.gpu(),
                                        share.atMillis()),
                                block.report());
                    case Verdict.Disproven disproven ->
                        conflicts.add(new Conflict.PartOfReport(block.report(), target.lease(), disproven.why()));
                }
            }
            return conflicts;
        }

        private ReportId later(ReportId report) {
            return finalReport
                    .filter(known -> known.incarnation() > report.incarnation()
                            || known.incarnation() == report.incarnation() && known.sequence() > report.sequence())
                    .orElse(report);
        }

        /** Keeps the windows of the claims that won. */
        void keep(Map<String, Claim> winners) {
            List<Intervals.Range> won = new ArrayList<>();
            for (Claim claim : claims.keySet()) {
                if (claim.equals(winners.get(claim.hash()))) {
                    won.addAll(claim.window().ranges());
                }
            }
            windows = Intervals.unionOf(won);
        }

        GpuDelta delta() {
            return new GpuDelta(
                    target.lease(),
                    new GpuReading(target.gpu(), Intervals.unionOf(covered), windows, hashes, accepted, rejected),
                    finalReport);
        }
    }
}
