package filon.api.rental;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.RentalId;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads rental ids from addresses. */
public final class RentalIds {
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private RentalIds() {}

    /** @throws ProblemException NOT_FOUND for a text that cannot be anybody's rental */
    public static RentalId parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new ProblemException(
                    Problem.of(ProblemCode.NOT_FOUND, "there is no rental " + WishChecks.shown(text) + " of yours"));
        }
        return RentalId.of(UUID.fromString(text));
    }
}
