package filon.api.rental;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import java.util.Optional;

/** Which page is asked for. */
public record PageRequest(Optional<Cursor> after, int limit) {
    private static final int LIMIT_DEFAULT = 50;

    /**
     * @param limit null for the default of 50
     * @param cursor null for the first page
     * @throws ProblemException naming the parameter that cannot be
     */
    public static PageRequest of(String limit, String cursor) {
        return new PageRequest(
                cursor == null || cursor.isEmpty() ? Optional.empty() : Optional.of(cursor(cursor)), limit(limit));
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.field("/query/cursor", "cursor is not one that a page of rentals gave")));
    }

    static int limit(String text) {
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        boolean isSmallNumber = text.matches("[0-9]{1,3}");
        int limit = isSmallNumber ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > RentalPage.LIMIT_MAX) {
            throw new ProblemException(Problem.field(
                    "/query/limit", "limit " + WishChecks.shown(text) + " is not within 1 to " + RentalPage.LIMIT_MAX));
        }
        return limit;
    }
}
