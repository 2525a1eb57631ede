package filon.provisioning.host.messaging;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetEvent;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.RecordHandler;
import filon.plumbing.inbox.RecordTransactions;
import filon.provisioning.host.Hosts;
import filon.provisioning.uplink.Chains;
import filon.provisioning.uplink.UplinkGate;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Notes what agents tell of themselves, once each.
 *
 * <p>Who wrote a record is asked before whether it was heard before: a forged copy that comes first must not silence the genuine one.
 */
@ApplicationScoped
class FleetEventRecords implements RecordHandler {
    private final Hosts hosts;
    private final UplinkGate gate;
    private final Chains chains;
    private final RecordTransactions inbox;
    private final MeterRegistry metrics;

    FleetEventRecords(Hosts hosts, UplinkGate gate, Chains chains, RecordTransactions inbox, MeterRegistry metrics) {
        this.hosts = hosts;
        this.gate = gate;
        this.chains = chains;
        this.inbox = inbox;
        this.metrics = metrics;
    }

    @Override
    public String consumer() {
        return "fleet-events";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.FLEET_EVENTS);
    }

    @Override
    public void handle(List<RawRecord> batch) {
        batch.forEach(this::handle);
    }

    @Override
    public void givenUp(RawRecord record, String reason) {
        gate.givenUp(record, reason);
    }

    private void handle(RawRecord record) {
        Optional<HostId> writer = gate.writer(record);
        if (writer.isEmpty()) {
            return;
        }
        if (hosts.find(writer.get()).isEmpty()) {
            gate.refuse(record, "unknown host", "host " + writer.get() + " is not enrolled");
            return;
        }
        switch (chains.judge(writer.get(), record)) {
            case Chains.Believed believed ->
                gate.read(record).ifPresent(envelope -> take(writer.get(), record, envelope));
            case Chains.Repeated repeated -> {
                // its effect is there already
            }
            case Chains.Refused(String why) -> gate.refuse(record, "not chained", why);
            case Chains.Forked(String evidence) -> {
                gate.refuse(record, "forked", evidence);
                hosts.secondAgent(writer.get(), evidence);
            }
        }
    }

    private void take(HostId writer, RawRecord record, Envelope envelope) {
        if (!(envelope.payload() instanceof FleetEvent event)) {
            gate.refuse(record, "wrong topic", envelope.name());
        } else if (!writer.equals(event.hostId())) {
            gate.refuse(record, "another host's", "the event names host " + event.hostId());
        } else if (inbox.isFirst(consumer(), envelope.id())) {
            note(event);
        }
    }

    private void note(FleetEvent event) {
        hosts.note(event);
        metrics.counter("filon.fleet.events", "kind", event.getClass().getSimpleName())
                .increment();
    }
}
