package filon.agent.telemetry;

import filon.agent.uplink.Chain;
import filon.agent.uplink.Messenger;
import filon.contracts.message.Envelope;
import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetReport;
import filon.contracts.message.Message;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts a message of this host into its envelope and hands it to the messenger. Belongs to one thread. */
public final class Voice {
    private static final int LIFE_SHIFT = 32;
    private final HostId hostId;
    private final Messenger messenger;
    private final Chain events;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private long sequence;

    /** @param incarnation makes the envelopes' sequence rise over restarts; its events are one chain */
    public Voice(HostId hostId, long incarnation, Messenger messenger, Clock clock, Supplier<UUID> ids) {
        this.hostId = hostId;
        this.messenger = messenger;
        this.events = messenger.chain(Topics.FLEET_EVENTS, incarnation);
        this.clock = clock;
        this.ids = ids;
        this.sequence = incarnation << LIFE_SHIFT;
    }

    public void report(FleetReport report) {
        messenger.state(Topics.FLEET_REPORTED, report.key(), enveloped(report));
    }

    public void event(FleetEvent event) {
        messenger.event(events, event.key(), enveloped(event));
    }

    public void sample(TelemetrySample sample) {
        messenger.sample(Topics.FLEET_TELEMETRY, sample.key(), enveloped(sample));
    }

    private byte[] enveloped(Message message) {
        sequence++;
        return MessageCodec.encode(
                Envelope.of(ids.get(), clock.instant(), Topics.principal(hostId), sequence, message));
    }
}
