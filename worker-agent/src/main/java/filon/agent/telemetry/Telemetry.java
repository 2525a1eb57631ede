package filon.agent.telemetry;

import filon.agent.meter.UsageMeter;
import filon.agent.workload.Assignment;
import filon.agent.workload.WorkloadView;
import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.mining.workload.MeterRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reports the host and its workloads: each change at once, and all again every few seconds. Belongs to one thread.
 *
 * <p>{@code STOPPED} of an ordered stop is said only after the final usage report is in the log, and then again and again for a while,
 * so that a lost one does not matter.
 */
public final class Telemetry {
    private static final Duration REPEAT = Duration.ofSeconds(5);
    private static final Duration SAMPLE = Duration.ofSeconds(2);
    private static final Duration STOPPED_FOR = Duration.ofMinutes(10);
    private final HostId hostId;
    private final long incarnation;
    private final UUID instance;
    private final String agentVersion;
    private final Voice voice;
    private final Map<String, String> lastSaid = new HashMap<>();
    private Instant nextRepeat = Instant.MIN;
    private Instant nextSample = Instant.MIN;

    /**
     * A life of the agent.
     *
     * @param instance random, so that copies of one home cannot live the same life unnoticed
     */
    public record Life(HostId hostId, long incarnation, UUID instance, String agentVersion) {}

    public Telemetry(Life life, Voice voice) {
        this.hostId = life.hostId();
        this.incarnation = life.incarnation();
        this.instance = life.instance();
        this.agentVersion = life.agentVersion();
        this.voice = voice;
    }

    /**
     * @param generation the highest order that is applied
     * @param over whose stop order is carried out, each with when
     */
    public void tell(
            Instant now,
            List<Gpu> gpus,
            long generation,
            List<WorkloadView> workloads,
            Map<String, Instant> over,
            UsageMeter meter) {
        boolean repeat = !now.isBefore(nextRepeat);
        if (repeat) {
            nextRepeat = now.plus(REPEAT);
            voice.report(new HostReported(hostId, incarnation, generation, agentVersion, now, gpus, instance));
        }
        boolean sample = !now.isBefore(nextSample);
        for (WorkloadView workload : workloads) {
            tell(now, workload, repeat, over, meter);
            if (sample && workload.isAlive()) {
                voice.sample(sample(now, workload, meter));
            }
        }
        nextSample = sample ? now.plus(SAMPLE) : nextSample;
    }

    private void tell(Instant now, WorkloadView workload, boolean repeat, Map<String, Instant> over, UsageMeter meter) {
        String key = workload.key().toString();
        Optional<Instant> ended = Optional.ofNullable(over.get(key));
        boolean isOld = ended.filter(at -> now.isAfter(at.plus(STOPPED_FOR))).isPresent();
        WorkloadReported report = report(now, workload, ended.isPresent(), meter);
        String said = report.state() + " " + report.reason() + " " + report.generation() + " " + report.epoch();
        if (repeat && !isOld || !said.equals(lastSaid.put(key, said))) {
            voice.report(report);
        }
    }

    private WorkloadReported report(Instant now, WorkloadView workload, boolean isOver, UsageMeter meter) {
        Assignment assignment = workload.assignment();
        String key = workload.key().toString();
        Optional<MeterRecord> latest = meter.latest(key);
        // an ordered stop is not over before the log holds its last second
        boolean isSettling = isOver && !meter.isFinal(key);
        return new WorkloadReported(
                hostId,
                incarnation,
                assignment.rentalId(),
                assignment.key().leaseId(),
                assignment.epoch(),
                assignment.generation(),
                assignment.key().gpuId(),
                isSettling ? WorkloadState.STOPPING : workload.state(),
                isSettling ? "the last usage is being written" : workload.reason(),
                workload.since(),
                hashRate(workload, latest),
                meter.acceptedShares(key),
                meter.rejectedShares(key),
                meter.sequenceOf(key),
                now);
    }

    private TelemetrySample sample(Instant now, WorkloadView workload, UsageMeter meter) {
        String key = workload.key().toString();
        Optional<MeterRecord> latest = meter.latest(key);
        return new TelemetrySample(
                hostId,
                workload.key().gpuId(),
                workload.assignment().rentalId(),
                now,
                workload.state(),
                hashRate(workload, latest),
                meter.acceptedShares(key),
                meter.rejectedShares(key),
                latest.filter(record -> record.temperatureCelsius().isPresent())
                        .map(record -> record.temperatureCelsius().getAsInt())
                        .orElse(null),
                latest.filter(record -> record.powerMilliwatt().isPresent())
                        .map(record -> record.powerMilliwatt().getAsLong())
                        .orElse(null),
                latest.flatMap(MeterRecord::sensors).orElse(null));
    }

    private static HashRate hashRate(WorkloadView workload, Optional<MeterRecord> latest) {
        boolean hashes = workload.isAlive() && workload.state() == WorkloadState.RUNNING;
        return hashes ? latest.map(MeterRecord::hashRate).map(HashRate::of).orElse(HashRate.ZERO) : HashRate.ZERO;
    }
}
