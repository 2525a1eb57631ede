package filon.provisioning.identity.store;

import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.authority.AgentCertificates.Issued;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.IdentityStore;
import filon.provisioning.identity.KnownCertificate;
import filon.provisioning.identity.Serials;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SqlIdentityStore implements IdentityStore {
    private static final String SELECT = """
            select host_id, enrolment, fingerprint, expected_serial, found_serial, confirmed_at, revoked_at, access_version
            from host_identity
            """;
    private static final String CERTIFICATE =
            "select serial, host_id, enrolment, pem, ends_at, revoked_at is not null as revoked from host_certificate ";
    private final Database database;

    SqlIdentityStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<HostIdentity> find(HostId host) {
        return database.first(SELECT + "where host_id = ?", SqlIdentityStore::identity, host.value());
    }

    @Override
    public Map<HostId, HostIdentity> all() {
        return database.all(SELECT, SqlIdentityStore::identity).stream()
                .collect(Collectors.toMap(HostIdentity::host, identity -> identity));
    }

    @Override
    public Optional<HostIdentity> lock(HostId host) {
        return database.first(SELECT + "where host_id = ? for update", SqlIdentityStore::identity, host.value());
    }

    @Override
    public void put(HostId host, int enrolment, Fingerprint key, Serials serials) {
        int written = database.write("""
                insert into host_identity (host_id, enrolment, fingerprint, expected_serial, found_serial,
                                           access_version, access_told)
                values (?, ?, ?, ?, ?, 1, 0)
                on conflict (host_id) do update
                set enrolment = excluded.enrolment, fingerprint = excluded.fingerprint,
                    expected_serial = excluded.expected_serial, found_serial = excluded.found_serial,
                    confirmed_at = null, revoked_at = null, access_version = host_identity.access_version + 1
                where host_identity.enrolment = excluded.enrolment - 1
                """, host.value(), enrolment, key.text(), serials.expected(), serials.found());
        if (written != 1) {
            throw new IllegalStateException("host " + host + " is not at enrolment " + (enrolment - 1));
        }
    }

    @Override
    public void add(HostId host, int enrolment, Fingerprint key, Issued certificate) {
        database.write(
                """
                insert into host_certificate (serial, host_id, enrolment, fingerprint, pem, ends_at)
                values (?, ?, ?, ?, ?, ?)
                """,
                certificate.serial(),
                host.value(),
                enrolment,
                key.text(),
                certificate.pem(),
                certificate.notAfter());
    }

    @Override
    public void keyChanged(HostId host, Fingerprint key) {
        database.write("update host_identity set fingerprint = ? where host_id = ?", key.text(), host.value());
    }

    @Override
    public Optional<KnownCertificate> certificate(String serial) {
        return database.first(CERTIFICATE + "where serial = ?", SqlIdentityStore::certificate, serial);
    }

    @Override
    public Optional<KnownCertificate> certificate(HostId host, int enrolment, Fingerprint key) {
        return database.first(CERTIFICATE + """
                        where host_id = ? and enrolment = ? and fingerprint = ? and revoked_at is null
                        order by ends_at desc limit 1
                        """, SqlIdentityStore::certificate, host.value(), enrolment, key.text());
    }

    @Override
    public Optional<Instant> lastEnd(HostId host, int enrolment) {
        return database.first(
                        "select max(ends_at) as ends_at from host_certificate where host_id = ? and enrolment = ?",
                        row -> row.instantIfAny("ends_at"),
                        host.value(),
                        enrolment)
                .flatMap(end -> end);
    }

    @Override
    public Map<HostId, Instant> lastEnds() {
        record Of(HostId host, Instant end) {}
        return database.all("""
                        select i.host_id, max(c.ends_at) as ends_at from host_identity i
                        join host_certificate c on c.host_id = i.host_id and c.enrolment = i.enrolment
                        group by i.host_id
                        """, row -> new Of(HostId.of(row.text("host_id")), row.instant("ends_at"))).stream()
                .collect(Collectors.toMap(Of::host, Of::end));
    }

    @Override
    public void confirm(HostId host, Instant now) {
        database.write("update host_identity set confirmed_at = ? where host_id = ?", now, host.value());
    }

    @Override
    public void doubt(HostId host) {
        database.write("update host_identity set confirmed_at = null where host_id = ?", host.value());
    }

    @Override
    public void revoke(HostId host, Instant now) {
        database.write("""
                update host_identity set revoked_at = ?, access_version = access_version + 1
                where host_id = ? and revoked_at is null
                """, now, host.value());
    }

    @Override
    public void revokeCertificates(HostId host, int through, String because, Instant now) {
        database.write("""
                update host_certificate set revoked_at = ?, revoked_because = ?
                where host_id = ? and enrolment <= ? and revoked_at is null
                """, now, because, host.value(), through);
    }

    @Override
    public List<HostId> withUntoldAccess() {
        return database.all(
                "select host_id from host_identity where access_told <> access_version order by host_id",
                row -> HostId.of(row.text("host_id")));
    }

    @Override
    public boolean accessTold(HostId host, long version) {
        // 0 where the access has changed meanwhile: what was told late may have undone what was told for the newer one
        return database.first("""
                        update host_identity set access_told = case when access_version = ? then ?::bigint else 0 end
                        where host_id = ? returning access_told
                        """, row -> row.number("access_told") == version, version, version, host.value())
                .orElse(false);
    }

    private static HostIdentity identity(Row row) throws SQLException {
        String fingerprint = row.text("fingerprint");
        return new HostIdentity(
                HostId.of(row.text("host_id")),
                (int) row.number("enrolment"),
                fingerprint.isEmpty() ? null : new Fingerprint(fingerprint),
                new Serials(row.text("expected_serial"), row.text("found_serial")),
                row.instantIfAny("confirmed_at").orElse(null),
                row.instantIfAny("revoked_at").orElse(null),
                row.number("access_version"));
    }

    private static KnownCertificate certificate(Row row) throws SQLException {
        return new KnownCertificate(
                row.text("serial"),
                HostId.of(row.text("host_id")),
                (int) row.number("enrolment"),
                row.text("pem"),
                row.instant("ends_at"),
                row.flag("revoked"));
    }
}
