package filon.provisioning.enrolment.store;

import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.enrolment.EnrolmentStore;
import filon.provisioning.enrolment.EnrolmentToken;
import filon.provisioning.enrolment.Invited;
import filon.provisioning.enrolment.RedeemedToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SqlEnrolmentStore implements EnrolmentStore {
    private final Database database;

    SqlEnrolmentStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(EnrolmentToken token, Invited invited, Instant expiresAt, String createdBy, Instant now) {
        database.write(
                """
                insert into enrolment_token (token_hash, host_id, name, site, serial, enrolment, created_by, created_at,
                                             expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                token.sha256(),
                invited.hostId().value(),
                invited.name(),
                invited.site(),
                invited.serial(),
                invited.enrolment(),
                createdBy,
                now,
                expiresAt);
    }

    @Override
    public Optional<Invited> redeem(EnrolmentToken token, Fingerprint key, Instant now) {
        return database.first("""
                update enrolment_token set used_at = ?, redeemed_key = ?
                where token_hash = ? and used_at is null and expires_at > ?
                returning host_id, name, site, serial, enrolment
                """, SqlEnrolmentStore::invited, now, key.text(), token.sha256(), now);
    }

    @Override
    public Optional<RedeemedToken> find(EnrolmentToken token) {
        // a token that was used before keys were kept was used by none that is known
        return database.first(
                """
                select host_id, name, site, serial, enrolment, expires_at,
                       case when used_at is null then '' else coalesce(redeemed_key, 'unknown') end as redeemed_key
                from enrolment_token where token_hash = ?
                """,
                row -> new RedeemedToken(invited(row), row.instant("expires_at"), row.text("redeemed_key")),
                token.sha256());
    }

    @Override
    public boolean use(HostId host, UUID nonce, Instant now, Instant before) {
        database.write("delete from renewal_nonce where host_id = ? and at < ?", host.value(), before);
        return database.write(
                        "insert into renewal_nonce (host_id, nonce, at) values (?, ?, ?) on conflict do nothing",
                        host.value(),
                        nonce,
                        now)
                == 1;
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

    private static Invited invited(Row row) throws SQLException {
        return new Invited(HostId.of(row.text("host_id")), row.text("name"), row.text("site"), row.text("serial"), (int)
                row.number("enrolment"));
    }
}
