package filon.agent.meter;

import filon.agent.meter.AnchoredClock.Anchor;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.mining.engine.MiningState;
import filon.mining.workload.MeterRecord;
import java.util.ArrayList;
import java.util.List;

/** What was read of one workload's meter since its last report. Belongs to one thread. */
final class PendingUsage {
    private final List<Span> running = new ArrayList<>();
    private final List<ShareProof> shares = new ArrayList<>();
    private long hashes;
    private long accepted;
    private long rejected;
    private boolean isTouched;

    /** @param cursor where the last report left the counters */
    PendingUsage(MeterCursor cursor) {
        this.hashes = cursor.hashes();
        this.accepted = cursor.accepted();
        this.rejected = cursor.rejected();
    }

    void add(MeterRecord record, Anchor anchor) {
        isTouched = true;
        if (record.state() == MiningState.RUNNING) {
            addSpan(anchor.millisAt(record.fromNanos()), anchor.millisAt(record.toNanos()));
        }
        record.shares().stream()
                .filter(share -> share.verdict().equals("accepted"))
                .map(share -> new ShareProof(anchor.millisAt(share.atNanos()), share.header(), share.target()))
                .forEach(shares::add);
        hashes = record.hashes();
        accepted = record.accepted();
        rejected = record.rejected();
    }

    /** Spans and shares: what makes a report grow. */
    int size() {
        return running.size() + shares.size();
    }

    boolean isEmpty() {
        return !isTouched;
    }

    GpuUsage usage(MeteredWorkload workload, boolean isFinal) {
        return new GpuUsage(
                workload.leaseId(),
                workload.rentalId(),
                workload.epoch(),
                workload.gpuId(),
                running,
                hashes,
                accepted,
                rejected,
                shares,
                isFinal);
    }

    /** Begins a new report; the counters go on, since they are cumulative. */
    void reported() {
        running.clear();
        shares.clear();
        isTouched = false;
    }

    private void addSpan(long from, long to) {
        if (to <= from) {
            return;
        }
        if (!running.isEmpty() && running.getLast().toMillis() == from) {
            running.set(running.size() - 1, new Span(running.getLast().fromMillis(), to));
        } else {
            running.add(new Span(from, to));
        }
    }
}
