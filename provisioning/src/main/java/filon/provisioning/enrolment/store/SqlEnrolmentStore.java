package filon.provisioning.enrolment.store;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.enrolment.EnrolmentStore;
import filon.provisioning.enrolment.EnrolmentToken;
import filon.provisioning.enrolment.Invitation;
import filon.provisioning.enrolment.Invited;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

@ApplicationScoped
class SqlEnrolmentStore implements EnrolmentStore {
    private final Database database;

    SqlEnrolmentStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Invitation invitation, String name, String site, String createdBy, Instant now) {
        database.write(
                """
                insert into enrolment_token (token_hash, host_id, name, site, created_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                invitation.token().sha256(),
                invitation.hostId().value(),
                name,
                site,
                createdBy,
                now,
                invitation.expiresAt());
    }

    @Override
    public Optional<Invited> redeem(EnrolmentToken token, Instant now) {
        return database.first(
                """
                update enrolment_token set used_at = ? where token_hash = ? and used_at is null and expires_at > ?
                returning host_id, name, site
                """,
                row -> new Invited(HostId.of(row.text("host_id")), row.text("name"), row.text("site")),
                now,
                token.sha256(),
                now);
    }

    @Override
    public Refusal refusal(EnrolmentToken token, Instant now) {
        return database.first(
                        "select host_id, name, used_at is not null as used from enrolment_token where token_hash = ?",
                        row -> new Refusal(
                                Optional.of(HostId.of(row.text("host_id"))),
                                "the token for " + row.text("name")
                                        + (row.flag("used")
                                                ? " was used before: it may have been copied"
                                                : " has expired")),
                        token.sha256())
                .orElseGet(() -> new Refusal(Optional.empty(), "the token never existed"));
    }

    @Override
    public void audit(Instant at, Optional<HostId> host, String what, String detail) {
        database.write(
                "insert into enrolment_audit (at, host_id, what, detail) values (?, ?::uuid, ?, ?)",
                at,
                host.map(HostId::value).orElse(null),
                what,
                detail);
    }
}
