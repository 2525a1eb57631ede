package filon.api.fleet.store;

import filon.api.database.Database;
import filon.api.fleet.Live;
import filon.contracts.value.DeviceSensors;
import filon.contracts.value.HashRate;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Joins the two things a host says of a GPU: its work (state, counters) and its samples (device readings too).
 *
 * <p>The newer of both gives state and rate; counters only ever rise, so the higher is the newer.
 */
final class Readings {
    private Readings() {}

    /** Empty when neither was heard. */
    static Optional<Live> live(ResultSet row, Instant freshFrom) throws SQLException {
        Optional<Instant> work = Database.instant(row, "w_at");
        Optional<Instant> sample = Database.instant(row, "s_at");
        if (work.isEmpty() && sample.isEmpty()) {
            return Optional.empty();
        }
        boolean isWorkNewer = sample.isEmpty()
                || work.filter(Predicate.not(sample.get()::isAfter)).isPresent();
        String newer = isWorkNewer ? "w_" : "s_";
        Instant heard = Database.instant(row, newer + "heard").orElseThrow();
        return Optional.of(new Live(
                row.getString(newer + "state"),
                HashRate.of(row.getLong(newer + "rate")),
                Math.max(row.getLong("w_accepted"), row.getLong("s_accepted")),
                Math.max(row.getLong("w_rejected"), row.getLong("s_rejected")),
                Optional.ofNullable(row.getObject("temperature", Integer.class)),
                Optional.ofNullable(row.getObject("power", Long.class)),
                sensors(row.getString("sensors")),
                isWorkNewer ? work.orElseThrow() : sample.get(),
                heard.isAfter(freshFrom)));
    }

    private static Optional<DeviceSensors> sensors(String json) throws SQLException {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageCodec.parse(json, DeviceSensors.class));
        } catch (UnusableMessageException e) {
            throw new SQLException("column sensors holds none", e);
        }
    }
}
