package filon.provisioning.desired;

import filon.contracts.message.HostOrder;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Tells hosts which usage reports billing holds safely, so that they may drop them: at most one order per host every five
 * seconds, whatever the number of acknowledgements.
 */
@ApplicationScoped
@Transactional
public class UsageTrims {
    public static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int BATCH_MAX = 500;
    private final Database database;
    private final DesiredState desired;
    private final Clock clock;

    UsageTrims(Database database, DesiredState desired, Clock clock) {
        this.database = database;
        this.desired = desired;
        this.clock = clock;
    }

    /** Notes an acknowledgement; an older one than is known, or one of an unknown host, changes nothing. */
    public void acknowledged(UsageAcknowledged ack) {
        database.write(
                """
                insert into usage_trim (host_id, incarnation, through)
                select id, ?, ? from host where id = ?
                on conflict (host_id) do update set incarnation = excluded.incarnation, through = excluded.through
                where (usage_trim.incarnation, usage_trim.through) < (excluded.incarnation, excluded.through)
                """, ack.incarnation(), ack.throughSequence(), ack.hostId().value());
    }

    /** Hosts that may trim more than they were told, and were told nothing for {@link #INTERVAL}. */
    public List<HostId> due() {
        return database.all(
                """
                select host_id from usage_trim
                where (incarnation, through) > (sent_incarnation, sent_through) and (sent_at is null or sent_at <= ?)
                order by sent_at nulls first limit ?
                """, row -> HostId.of(row.text("host_id")), clock.instant().minus(INTERVAL), BATCH_MAX);
    }

    /** Orders what is due for this host; nothing when somebody else just did. */
    public void tell(HostId host) {
        Instant now = clock.instant();
        database.first(
                        """
                        update usage_trim set sent_incarnation = incarnation, sent_through = through, sent_at = ?
                        where host_id = ? and (incarnation, through) > (sent_incarnation, sent_through)
                          and (sent_at is null or sent_at <= ?)
                        returning host_id, incarnation, through
                        """,
                        row -> new UsageAcknowledged(
                                new HostId(UUID.fromString(row.text("host_id"))),
                                row.number("incarnation"),
                                row.number("through")),
                        now,
                        host.value(),
                        now.minus(INTERVAL))
                .ifPresent(ack -> desired.order(
                        host,
                        generation ->
                                new HostOrder.TrimUsage(host, generation, ack.incarnation(), ack.throughSequence())));
    }
}
