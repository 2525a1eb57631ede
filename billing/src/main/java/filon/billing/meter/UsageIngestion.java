package filon.billing.meter;

import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes in batches of records from the usage topic: keeps, meters, quarantines and acknowledges in one transaction.
 *
 * <p>Nothing in a record makes it fail: bytes that cannot be believed, understood or fitted are quarantined with the reason.
 */
@ApplicationScoped
@Transactional
public class UsageIngestion {
    private final UsageReader reader;
    private final ReportStore reports;
    private final Meters meters;
    private final Outbox outbox;
    private final Clock clock;

    UsageIngestion(UsageReader reader, ReportStore reports, Meters meters, Outbox outbox, Clock clock) {
        this.reader = reader;
        this.reports = reports;
        this.meters = meters;
        this.outbox = outbox;
        this.clock = clock;
    }

    public void ingest(List<RawRecord> batch) {
        Instant now = clock.instant();
        List<Conflict> conflicts = new ArrayList<>();
        List<Reading.Genuine> genuine = new ArrayList<>();
        for (RawRecord raw : batch) {
            switch (reader.read(raw)) {
                case Reading.Genuine reading -> genuine.add(reading);
                case Reading.Unusable unusable ->
                    conflicts.add(new Conflict.WholeRecord(raw, Optional.empty(), unusable.reason()));
            }
        }
        Admission admission = admissionFor(genuine);
        List<Reading.Genuine> admitted = new ArrayList<>();
        for (Reading.Genuine reading : genuine) {
            switch (admission.decide(reading)) {
                case Admission.Decision.Admitted yes -> admitted.add(reading);
                case Admission.Decision.Repeated again -> {
                    // its effect is there already; only the acknowledgement is said again
                }
                case Admission.Decision.Refused refused ->
                    conflicts.add(new Conflict.WholeRecord(reading.raw(), Optional.of(reading.id()), refused.reason()));
            }
        }
        keep(admission, admitted, now);
        quarantine(conflicts, now);
        meters.apply(blocksOf(admitted, now), now);
        acknowledge(admission);
    }

    private Admission admissionFor(List<Reading.Genuine> readings) {
        TreeSet<LaneId> lanes = new TreeSet<>();
        Set<ReportId> neighbourhood = new HashSet<>();
        for (Reading.Genuine reading : readings) {
            ReportId id = reading.id();
            lanes.add(id.lane());
            neighbourhood.addAll(List.of(id.at(id.sequence() - 1), id, id.at(id.sequence() + 1)));
        }
        Map<LaneId, Lane> locked = reports.lock(lanes);
        Map<ReportId, Admission.Link> known = new HashMap<>();
        reports.hashesOf(neighbourhood)
                .forEach((id, hashes) -> known.put(id, new Admission.Link(hashes.sha(), hashes.previous())));
        return new Admission(locked, known);
    }

    private void keep(Admission admission, List<Reading.Genuine> admitted, Instant now) {
        reports.save(admission.lanes());
        reports.insert(admitted.stream()
                .map(reading -> new ReportStore.Received(
                        reading.id(),
                        reading.sha(),
                        reading.previous(),
                        reading.raw().value(),
                        reading.raw().topic(),
                        reading.raw().partition(),
                        reading.raw().offset(),
                        now))
                .toList());
    }

    private void quarantine(List<Conflict> conflicts, Instant now) {
        reports.insertConflicts(conflicts, now);
        for (Conflict conflict : conflicts) {
            if (conflict instanceof Conflict.WholeRecord whole) {
                RawRecord raw = whole.raw();
                outbox.appendRecord(
                        Topics.USAGE_QUARANTINE,
                        raw.key() == null ? "" : storable(raw.key()),
                        Map.of(
                                UplinkHeaders.REASON,
                                storable(whole.reason()),
                                UplinkHeaders.ORIGIN,
                                raw.topic() + "/" + raw.partition() + "/" + raw.offset()),
                        raw.value());
            }
        }
    }

    /** PostgreSQL keeps no NUL in a text; a hostile key or name may hold one. */
    private static String storable(String text) {
        return text.replace('\0', '?');
    }

    private static List<Metered> blocksOf(List<Reading.Genuine> admitted, Instant now) {
        List<Metered> blocks = new ArrayList<>();
        for (Reading.Genuine reading : admitted) {
            for (GpuUsage usage : reading.report().usage()) {
                blocks.add(new Metered(reading.id(), now, usage));
            }
        }
        return blocks;
    }

    /** Every lane of the batch is told how far it got, also after repetitions: an earlier word may not have arrived. */
    private void acknowledge(Admission admission) {
        for (Lane lane : admission.lanes()) {
            if (lane.watermark() > 0) {
                outbox.append(
                        Topics.USAGE_ACKS,
                        new UsageAcknowledged(lane.id().host(), lane.id().incarnation(), lane.watermark()));
            }
        }
    }
}
