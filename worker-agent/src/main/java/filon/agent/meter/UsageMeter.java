package filon.agent.meter;

import filon.contracts.message.Envelope;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.value.HostId;
import filon.mining.workload.MeterRecord;
import filon.plumbing.codec.MessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads the workloads' meters and writes numbered, chained usage reports into the metering log. Belongs to one thread.
 *
 * <p>A report and the meters' offsets behind it are one entry of the log: a crash between any two steps neither loses nor doubles
 * a second. A report is in the log before anybody may send it.
 */
public final class UsageMeter {
    /** Spans and shares in one report: keeps it well below a record's limit after a long absence. */
    static final int REPORT_ITEMS_MAX = 2_000;

    private static final Logger LOG = Logger.getLogger(UsageMeter.class);
    private static final String NO_PREVIOUS = "0".repeat(64);
    private final HostId hostId;
    private final long incarnation;
    private final MeteringLogWriter log;
    private final AnchoredClock anchors;
    private final Clock clock;
    private final Map<String, MeterCursor> cursors;
    private final Map<String, MeterTail> tails = new HashMap<>();
    private final Map<String, String> complaints = new HashMap<>();
    private long sequence;
    private String previousSha256 = NO_PREVIOUS;

    /** @param incarnation of this life of the agent, never used before */
    public UsageMeter(HostId hostId, long incarnation, MeteringLogWriter log, Path agentHome, Clock clock)
            throws IOException {
        this.hostId = hostId;
        this.incarnation = incarnation;
        this.log = log;
        this.anchors = AnchoredClock.open(MeteringLog.directory(agentHome));
        this.clock = clock;
        this.cursors = new TreeMap<>();
        log.newest().ifPresent(last -> cursors.putAll(last.cursors()));
    }

    /**
     * Makes the meter say again what is final but was not acknowledged when this life began: in this life's numbers, so that its
     * acknowledgement can be awaited. Saying it twice is harmless.
     *
     * @param ackedIncarnation and {@code ackedSequence}: what billing has for certain
     */
    public void reopenUnacknowledged(long ackedIncarnation, long ackedSequence) {
        cursors.replaceAll(
                (key, cursor) -> cursor.isThrough(ackedIncarnation, ackedSequence) ? cursor : cursor.reopened());
    }

    /** Reads what the workloads have metered since the last call, without reporting it. */
    public void collect(List<MeteredWorkload> workloads) {
        int share = Math.max(1, REPORT_ITEMS_MAX / Math.max(1, workloads.size()));
        for (MeteredWorkload workload : workloads) {
            if (!cursor(workload.key()).isFinal()) {
                read(workload, share);
            }
        }
    }

    /**
     * Writes one report of all that is collected.
     *
     * @return empty when there is nothing new to say
     */
    public Optional<LoggedReport> report(List<MeteredWorkload> workloads) throws IOException {
        Map<String, MeterCursor> next = new TreeMap<>(cursors);
        List<GpuUsage> usage = new ArrayList<>();
        for (MeteredWorkload workload : workloads) {
            MeterTail tail = tails.get(workload.key());
            if (tail == null || cursor(workload.key()).isFinal()) {
                continue;
            }
            boolean isFinal = workload.isOver() && tail.isDrained();
            if (!isFinal && tail.pending().isEmpty()) {
                continue;
            }
            GpuUsage one = tail.pending().usage(workload, isFinal);
            usage.add(one);
            next.put(workload.key(), cursor(tail.offset(), one));
        }
        return usage.isEmpty() ? Optional.empty() : Optional.of(append(usage, next));
    }

    /** Whether some meter has more than one report can hold: the next report need not wait. */
    public boolean isBehind() {
        return tails.values().stream()
                .anyMatch(tail -> !tail.isDrained() && !tail.pending().isEmpty());
    }

    /** The newest record of a workload that was read in this life. */
    public Optional<MeterRecord> latest(String key) {
        return Optional.ofNullable(tails.get(key)).flatMap(MeterTail::latest);
    }

    /** Cumulative over the workload's life, as far as it is read. */
    public long acceptedShares(String key) {
        return latest(key).map(MeterRecord::accepted).orElse(cursor(key).accepted());
    }

    /** Cumulative over the workload's life, as far as it is read. */
    public long rejectedShares(String key) {
        return latest(key).map(MeterRecord::rejected).orElse(cursor(key).rejected());
    }

    /** The last report of this incarnation that holds anything of the workload; 0 = none. */
    public long sequenceOf(String key) {
        MeterCursor cursor = cursor(key);
        return cursor.incarnation() == incarnation ? cursor.sequence() : 0;
    }

    /** Whether the log holds a final report of the workload, in the numbers of this incarnation. */
    public boolean isFinal(String key) {
        return cursor(key).isFinal();
    }

    /** Drops the cursors of workloads that are no more, once their folders are gone. */
    public void keepOnly(Set<String> keys) {
        cursors.keySet().retainAll(keys);
        tails.keySet().retainAll(keys);
        complaints.keySet().retainAll(keys);
    }

    private void read(MeteredWorkload workload, int pendingMax) {
        MeterTail tail = tails.computeIfAbsent(workload.key(), key -> new MeterTail(cursor(key)));
        try {
            tail.read(workload.meter(), anchors, pendingMax);
            complaints.remove(workload.key());
        } catch (IOException e) {
            tail.failed();
            if (!e.toString().equals(complaints.put(workload.key(), e.toString()))) {
                LOG.errorf("The meter of %s cannot be read on: %s", workload.key(), e.getMessage());
            }
        }
    }

    private LoggedReport append(List<GpuUsage> usage, Map<String, MeterCursor> next) throws IOException {
        long number = sequence + 1;
        Instant now = clock.instant();
        UsageReport report = new UsageReport(hostId, incarnation, number, previousSha256, now, usage);
        byte[] value = MessageCodec.encode(Envelope.of(id(number), now, "agent-" + hostId, number, report));
        LoggedReport entry = new LoggedReport(incarnation, number, next, value);
        log.append(entry);
        sequence = number;
        previousSha256 = sha256(value);
        cursors.putAll(next);
        Set<String> reported =
                usage.stream().map(one -> one.leaseId() + "/" + one.gpuId()).collect(Collectors.toSet());
        tails.forEach((key, tail) -> {
            if (reported.contains(key)) {
                tail.pending().reported();
            }
        });
        return entry;
    }

    private MeterCursor cursor(long offset, GpuUsage usage) {
        return new MeterCursor(
                offset,
                incarnation,
                sequence + 1,
                usage.isFinal(),
                usage.hashes(),
                usage.acceptedShares(),
                usage.rejectedShares());
    }

    private MeterCursor cursor(String key) {
        return cursors.getOrDefault(key, MeterCursor.START);
    }

    private UUID id(long number) {
        return UUID.nameUUIDFromBytes((hostId + "/" + incarnation + "/" + number).getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
