package filon.api.rental;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import java.util.Optional;

/** Which page of a rental's history is asked for. */
public record TransitionRequest(Optional<Long> before, int limit) {

    /**
     * @param limit null for the default
     * @param cursor null for the first page
     * @throws ProblemException naming the parameter that cannot be
     */
    public static TransitionRequest of(String limit, String cursor) {
        return new TransitionRequest(
                cursor == null || cursor.isEmpty() ? Optional.empty() : Optional.of(number(cursor)),
                PageRequest.limit(limit));
    }

    private static long number(String cursor) {
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new ProblemException(
                    Problem.field("/query/cursor", "cursor is not one that a page of a history gave"));
        }
        return Long.parseLong(cursor);
    }
}
