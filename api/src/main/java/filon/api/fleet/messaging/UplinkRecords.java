package filon.api.fleet.messaging;

import filon.api.fleet.Fleet;
import filon.contracts.message.BillingNotice;
import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetReport;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Message;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.message.UsageReport;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.RecordHandler;
import filon.plumbing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Hears what hosts say of themselves, as display data: their MACs cannot be checked here, for this process holds no uplink key.
 *
 * <p>What is heard over and over needs no note of each copy: the newest of each GPU wins. A record that names another host in its
 * header or key than in its payload, or that cannot be read, goes to the dead letters; of unknown hosts nothing is kept.
 */
@ApplicationScoped
class UplinkRecords implements RecordHandler {
    private static final Logger LOG = Logger.getLogger(UplinkRecords.class);

    private final Fleet fleet;
    private final Outbox outbox;

    UplinkRecords(Fleet fleet, Outbox outbox) {
        this.fleet = fleet;
        this.outbox = outbox;
    }

    @Override
    public String consumer() {
        return "fleet-uplinks";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.FLEET_REPORTED, Topics.FLEET_TELEMETRY);
    }

    @Override
    public void handle(List<RawRecord> batch) {
        // a tombstone of a compacted topic says that there is nothing more to say
        batch.stream().filter(record -> record.value() != null).forEach(this::handle);
    }

    private void handle(RawRecord record) {
        Message message;
        try {
            message = MessageCodec.decode(record.value()).payload();
        } catch (UnusableMessageException e) {
            bury(record, e.getMessage());
            return;
        }
        switch (message) {
            case FleetReport report -> hear(record, report.hostId(), () -> fleet.hear(report));
            case TelemetrySample sample -> hear(record, sample.hostId(), () -> fleet.hear(sample));
            case RentalNotice _, BillingNotice _, LeaseNotice _, FleetEvent _, UsageReport _, UsageAcknowledged _ ->
                bury(record, "a " + message.getClass().getSimpleName() + " does not belong here");
        }
    }

    /** Notes what a host said and tells whether the host is known. */
    @FunctionalInterface
    private interface Hearing {
        boolean isOfKnownHost();
    }

    private void hear(RawRecord record, HostId host, Hearing hearing) {
        Optional<String> contradiction = contradiction(record, host);
        if (contradiction.isPresent()) {
            bury(record, contradiction.get());
        } else if (!hearing.isOfKnownHost()) {
            LOG.debugf("host %s is not known, or not with this GPU", host);
        }
    }

    private static Optional<String> contradiction(RawRecord record, HostId host) {
        byte[] header = record.headers().get(UplinkHeaders.HOST);
        if (header != null && !new String(header, StandardCharsets.UTF_8).equals(host.toString())) {
            return Optional.of("the header names another host than the payload");
        }
        String key = record.key();
        boolean isOwnKey = key != null && (key.equals(host.toString()) || key.startsWith(host + "/"));
        return isOwnKey ? Optional.empty() : Optional.of("key " + key + " is not host " + host + "'s");
    }

    private void bury(RawRecord record, String reason) {
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        outbox.appendRecord(
                Topics.DEAD_LETTERS,
                record.key() == null ? "" : record.key(),
                Map.of(UplinkHeaders.REASON, consumer() + ": " + reason, UplinkHeaders.ORIGIN, origin),
                record.value());
    }
}
