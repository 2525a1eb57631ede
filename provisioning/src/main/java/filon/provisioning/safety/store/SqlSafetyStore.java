package filon.provisioning.safety.store;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.safety.Automation;
import filon.provisioning.safety.SafetyStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SqlSafetyStore implements SafetyStore {
    private final Database database;

    SqlSafetyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Standing> brake() {
        return database.first("select since, reason from fleet_brake where engaged", SqlSafetyStore::standing);
    }

    @Override
    public void engage(Instant now, String reason) {
        database.write("""
                insert into fleet_brake (engaged, since, reason) values (true, ?, ?)
                on conflict (id) do update
                set engaged = true, reason = excluded.reason,
                    since = case when fleet_brake.engaged then fleet_brake.since else excluded.since end
                """, now, reason);
    }

    @Override
    public void letGo() {
        database.write("update fleet_brake set engaged = false");
    }

    @Override
    public void lock(Automation automation) {
        database.hold("automation " + automation.label());
    }

    @Override
    public Optional<Standing> pause(Automation automation) {
        return database.first(
                "select since, reason from automation_pause where automation = ?",
                SqlSafetyStore::standing,
                automation.label());
    }

    @Override
    public void pause(Automation automation, Instant now, String reason) {
        database.write(
                "insert into automation_pause (automation, since, reason) values (?, ?, ?) on conflict do nothing",
                automation.label(),
                now,
                reason);
    }

    @Override
    public void release(Automation automation) {
        database.write("delete from automation_pause where automation = ?", automation.label());
        database.write("delete from automation_act where automation = ?", automation.label());
    }

    @Override
    public void noteAct(Automation automation, HostId host, Instant now) {
        database.write("""
                insert into automation_act (automation, host_id, at) values (?, ?, ?)
                on conflict (automation, host_id) do update set at = excluded.at
                """, automation.label(), host.value(), now);
    }

    @Override
    public List<HostId> actedOn(Automation automation, Instant since) {
        return database.all(
                "select host_id from automation_act where automation = ? and at > ? order by at desc, host_id",
                row -> HostId.of(row.text("host_id")),
                automation.label(),
                since);
    }

    private static Standing standing(Row row) throws SQLException {
        return new Standing(row.instant("since"), row.text("reason"));
    }
}
