package filon.plumbing.inbox;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * Tells a part that is away from a record that is at fault: the first is waited for, the second goes to the dead letters.
 *
 * <p>When in doubt the record is at fault, so that nothing that comes on a topic can stop its consumer.
 */
final class Away {
    /** SQLSTATE classes: connection, authorisation, no such database, rollback, resources, intervention, system. */
    private static final Set<String> CLASSES = Set.of("08", "28", "3D", "40", "53", "57", "58");
    /** Read-only while a standby takes over; object in use; lock not available. */
    private static final Set<String> STATES = Set.of("25006", "55006", "55P03");

    private Away() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql instanceof SQLTransientException || isAway(sql.getSQLState());
            }
            if (isNetworkOrMemory(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Without a state it was the pool that had no connection. */
    private static boolean isAway(String state) {
        return state == null || state.length() < 2 || STATES.contains(state) || CLASSES.contains(state.substring(0, 2));
    }

    private static boolean isNetworkOrMemory(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof OutOfMemoryError;
    }
}
