package filon.provisioning.workload.messaging;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetReport;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WipeReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.RecordHandler;
import filon.provisioning.burnin.BurnIns;
import filon.provisioning.host.Hosts;
import filon.provisioning.lease.Leases;
import filon.provisioning.lease.Wipes;
import filon.provisioning.uplink.UplinkGate;
import filon.provisioning.workload.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Reads reports in batches: they are states, so second and late copies are told by their own numbers and need no noting.
 *
 * <p>A record that is not its host's own word is put aside and never stops the others.
 */
@ApplicationScoped
class FleetReportRecords implements RecordHandler {
    private static final int GPUS_MAX = 256;
    private final UplinkGate gate;
    private final Hosts hosts;
    private final Leases leases;
    private final Workloads workloads;
    private final BurnIns burnIns;
    private final Wipes wipes;

    FleetReportRecords(UplinkGate gate, Hosts hosts, Leases leases, Workloads workloads, BurnIns burnIns, Wipes wipes) {
        this.gate = gate;
        this.hosts = hosts;
        this.leases = leases;
        this.workloads = workloads;
        this.burnIns = burnIns;
        this.wipes = wipes;
    }

    @Override
    public String consumer() {
        return "fleet-reported";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.FLEET_REPORTED);
    }

    @Override
    public void handle(List<RawRecord> batch) {
        // nobody has reason to write a tombstone here: it would take away what another host says of itself
        batch.forEach(this::handle);
    }

    @Override
    public void givenUp(RawRecord record, String reason) {
        gate.givenUp(record, reason);
    }

    private void handle(RawRecord record) {
        gate.writer(record)
                .ifPresent(writer -> gate.read(record).ifPresent(envelope -> take(writer, record, envelope)));
    }

    private void take(HostId writer, RawRecord record, Envelope envelope) {
        if (!(envelope.payload() instanceof FleetReport report)) {
            gate.refuse(record, "wrong topic", envelope.name());
        } else if (!writer.equals(report.hostId())) {
            gate.refuse(record, "another host's", "the report names host " + report.hostId());
        } else if (hosts.find(report.hostId()).isEmpty()) {
            gate.refuse(record, "unknown host", "host " + report.hostId() + " is not enrolled");
        } else {
            take(record, report);
        }
    }

    private void take(RawRecord record, FleetReport report) {
        switch (report) {
            case HostReported host -> take(record, host);
            case WorkloadReported workload ->
                workloads
                        .reported(workload)
                        .ifPresent(contradiction -> gate.refuse(record, "contradiction", contradiction));
            case BurnInReported burnIn ->
                burnIns.reported(burnIn)
                        .ifPresent(contradiction -> gate.refuse(record, "contradiction", contradiction));
            case WipeReported wipe ->
                wipes.reported(wipe).ifPresent(contradiction -> gate.refuse(record, "contradiction", contradiction));
        }
    }

    private void take(RawRecord record, HostReported report) {
        String prefix = report.hostId().toString();
        boolean isOwn = report.gpus().stream()
                .allMatch(gpu -> gpu.gpuId() != null && gpu.gpuId().value().startsWith(prefix));
        if (!isOwn || report.gpus().size() > GPUS_MAX) {
            gate.refuse(record, "foreign GPU", "the report names a GPU whose id does not begin with the host's");
            return;
        }
        if (hosts.reported(report)) {
            leases.obeyed(report.hostId(), report.generation());
        }
    }
}
