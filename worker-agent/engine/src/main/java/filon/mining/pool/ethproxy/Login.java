package filon.mining.pool.ethproxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who we are: the account is what the pool credits, the worker only a name for its pages. People write both as {@code account.worker}.
 *
 * @param worker letters, digits, {@code -} and {@code _}, at most eight: pools take no more
 */
record Login(String account, String worker) {
    private static final Pattern WITH_WORKER = Pattern.compile("(?<account>[^.@]+)\\.(?<worker>[0-9A-Za-z_-]+)");
    private static final int WORKER_LENGTH_MAX = 8;
    /** What pools call a worker without a name. */
    private static final String NAMELESS = "0";

    /** A user that is not of that form, such as an address of mail, is an account as a whole. */
    static Login of(String user) {
        Matcher matcher = WITH_WORKER.matcher(user);
        if (!matcher.matches()) {
            return new Login(user, NAMELESS);
        }
        String worker = matcher.group("worker");
        return new Login(matcher.group("account"), worker.substring(0, Math.min(WORKER_LENGTH_MAX, worker.length())));
    }
}
