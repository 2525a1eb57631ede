package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What staff are told of a host. */
@ApplicationScoped
class Alarms {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Database database;

    Alarms(Database database) {
        this.database = database;
    }

    /** @return each with its kind first */
    List<String> of(HostId host) {
        return database.all(
                "select kind || ' ' || detail as told from incident where host = ?",
                row -> row.text("told"),
                host.value());
    }

    void await(HostId host, String detail) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(of(host))
                .anyMatch(told -> told.contains(detail)));
    }

    /** So that only what comes from now on is seen. */
    void forget(HostId host) {
        database.write("delete from incident where host = ?", host.value());
    }
}
