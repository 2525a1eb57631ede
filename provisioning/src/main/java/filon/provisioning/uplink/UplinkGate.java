package filon.provisioning.uplink;

import filon.contracts.message.Envelope;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.RecordTransactions;
import filon.plumbing.uplink.UplinkKeys;
import filon.provisioning.database.Database;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets through what a host wrote under its own key; the rest goes to the dead letters and is counted as an incident.
 *
 * <p>Nothing here throws for a bad record: a consumer never stops for one.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class UplinkGate {
    private final UplinkKeys keys;
    private final Identities identities;
    private final Incidents incidents;
    private final Database database;
    private final RecordTransactions records;
    private final Clock clock;
    private final MeterRegistry metrics;

    UplinkGate(
            UplinkKeys keys,
            Identities identities,
            Incidents incidents,
            Database database,
            RecordTransactions records,
            Clock clock,
            MeterRegistry metrics) {
        this.keys = keys;
        this.identities = identities;
        this.incidents = incidents;
        this.database = database;
        this.records = records;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The message in the record; empty when it is none, which is noted here. */
    public Optional<Envelope> read(RawRecord record) {
        try {
            return Optional.of(MessageCodec.decode(record.value()));
        } catch (UnusableMessageException e) {
            refuse(record, "unreadable", e.getMessage());
            return Optional.empty();
        }
    }

    /** The host that wrote the record; empty when nobody can tell or its keys are worth nothing any more, which is noted here. */
    public Optional<HostId> writer(RawRecord record) {
        Optional<String> refusal = keys.refusal(record.topic(), record.key(), record.headers(), record.value());
        if (refusal.isPresent()) {
            refuse(record, "not authentic", refusal.get());
            return Optional.empty();
        }
        HostId host = HostId.of(claimedHost(record));
        int enrolment = UplinkKeys.enrolment(record.headers()).orElseThrow();
        Optional<String> objection = identities.find(host).flatMap(identity -> identity.objectionTo(enrolment));
        if (objection.isPresent()) {
            refuse(record, "identity not in force", objection.get());
            return Optional.empty();
        }
        return Optional.of(host);
    }

    /**
     * Notes a record that is not believed.
     *
     * @param kind one of few, so that incidents can be counted
     * @param detail for the dead letter
     */
    public void refuse(RawRecord record, String kind, String detail) {
        Optional<HostId> host = known(claimedHost(record));
        metrics.counter("filon.uplink.refused", "kind", kind).increment();
        records.bury(kind, record, detail);
        count(record, host, kind);
        host.ifPresent(id -> incidents.raise(IncidentKind.UPLINK_REFUSED, id, kind + ": " + detail));
    }

    /** Notes a record that nobody could use although nothing spoke against it, and that lies in the dead letters already. */
    public void givenUp(RawRecord record, String detail) {
        known(claimedHost(record))
                .ifPresent(id -> incidents.raise(IncidentKind.UPLINK_REFUSED, id, "unusable: " + detail));
    }

    /** One row for all strangers: whoever invents names must not fill the disk. */
    private void count(RawRecord record, Optional<HostId> host, String kind) {
        Instant now = clock.instant();
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        database.write("""
                insert into uplink_incident (host, topic, reason, times, first_at, last_at, last_origin)
                values (?, ?, ?, 1, ?, ?, ?)
                on conflict (host, topic, reason) do update
                set times = uplink_incident.times + 1, last_at = excluded.last_at, last_origin = excluded.last_origin
                """, host.map(HostId::toString).orElse(""), record.topic(), kind, now, now, origin);
    }

    /** Strangers' names raise nothing: nobody could look after them. */
    private Optional<HostId> known(String claimed) {
        try {
            return identities.find(HostId.of(claimed)).map(HostIdentity::host);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String claimedHost(RawRecord record) {
        byte[] header = record.headers().get(UplinkHeaders.HOST);
        return header == null ? "" : new String(header, StandardCharsets.UTF_8);
    }
}
