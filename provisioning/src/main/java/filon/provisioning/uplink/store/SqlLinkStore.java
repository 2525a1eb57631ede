package filon.provisioning.uplink.store;

import filon.contracts.value.HostId;
import filon.plumbing.uplink.UplinkLink;
import filon.provisioning.database.Database;
import filon.provisioning.uplink.ChainRules.Known;
import filon.provisioning.uplink.LinkStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

@ApplicationScoped
class SqlLinkStore implements LinkStore {
    private static final String AT =
            " from uplink_link where host_id = ? and enrolment = ? and incarnation = ? and sequence ";
    private final Database database;

    SqlLinkStore(Database database) {
        this.database = database;
    }

    @Override
    public Known around(UplinkLink link) {
        return new Known(
                text("sha256", link, 0), text("sha256", link, -1), text("previous_sha256", link, 1), lastBelow(link));
    }

    @Override
    public boolean hasChained(HostId host, int enrolment) {
        return database.first(
                        "select 1 as one from uplink_link where host_id = ? and enrolment = ? limit 1",
                        row -> true,
                        host.value(),
                        enrolment)
                .isPresent();
    }

    @Override
    public void add(UplinkLink link, String sha256, Instant now) {
        database.write(
                """
                insert into uplink_link (host_id, enrolment, incarnation, sequence, sha256, previous_sha256, received_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                link.host().value(),
                link.enrolment(),
                link.incarnation(),
                link.sequence(),
                sha256,
                link.previousSha256(),
                now);
    }

    @Override
    public void forget(HostId host, Instant before) {
        database.write("delete from uplink_link where host_id = ? and received_at < ?", host.value(), before);
    }

    private Optional<String> text(String column, UplinkLink link, int away) {
        return database.first(
                "select " + column + " as found" + AT + "= ?",
                row -> row.text("found"),
                link.host().value(),
                link.enrolment(),
                link.incarnation(),
                link.sequence() + away);
    }

    private OptionalLong lastBelow(UplinkLink link) {
        return database.first(
                        "select sequence" + AT + "< ? order by sequence desc limit 1",
                        row -> OptionalLong.of(row.number("sequence")),
                        link.host().value(),
                        link.enrolment(),
                        link.incarnation(),
                        link.sequence())
                .orElse(OptionalLong.empty());
    }
}
