package filon.provisioning.standing;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import java.util.Optional;

/** Which page of a thing's moves is asked for. */
public record TransitionRequest(Optional<Long> before, int limit) {
    public static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int SHOWN = 20;

    /**
     * @param limit null for the default, 50; at most 200
     * @param cursor null for the first page
     * @throws ProblemException naming the parameter that cannot be
     */
    public static TransitionRequest of(String limit, String cursor) {
        return new TransitionRequest(before(cursor), limit == null ? LIMIT_DEFAULT : limit(limit));
    }

    private static int limit(String text) {
        int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new ProblemException(
                    Problem.field("/query/limit", "limit " + shortened(text) + " is not within 1 to " + LIMIT_MAX));
        }
        return limit;
    }

    private static Optional<Long> before(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new ProblemException(
                    Problem.field("/query/cursor", "cursor is not one that a page of transitions gave"));
        }
        return Optional.of(Long.parseLong(cursor));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
