package filon.provisioning.host.messaging;

import filon.contracts.message.FleetEvent;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.Received;
import filon.provisioning.host.Hosts;
import filon.provisioning.uplink.UplinkGate;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Notes what agents tell of themselves, once each. */
@ApplicationScoped
class FleetEventMessages implements MessageHandler {
    private final Hosts hosts;
    private final UplinkGate gate;
    private final MeterRegistry metrics;

    FleetEventMessages(Hosts hosts, UplinkGate gate, MeterRegistry metrics) {
        this.hosts = hosts;
        this.gate = gate;
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
    public void handle(Received received) {
        RawRecord record = new RawRecord(
                received.topic(),
                received.partition(),
                received.offset(),
                received.key(),
                received.headers(),
                received.value());
        Optional<HostId> writer = gate.writer(record);
        if (writer.isEmpty()) {
            return;
        }
        if (!(received.envelope().payload() instanceof FleetEvent event)) {
            gate.refuse(record, "wrong topic", received.envelope().name());
        } else if (!event.hostId().equals(writer.get())) {
            gate.refuse(record, "another host's", "the event names host " + event.hostId());
        } else if (hosts.find(event.hostId()).isEmpty()) {
            gate.refuse(record, "unknown host", "host " + event.hostId() + " is not enrolled");
        } else {
            hosts.note(event);
            metrics.counter("filon.fleet.events", "kind", event.getClass().getSimpleName())
                    .increment();
        }
    }
}
