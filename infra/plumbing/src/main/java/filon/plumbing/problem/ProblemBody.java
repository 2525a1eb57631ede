package filon.plumbing.problem;

import filon.contracts.problem.Problem;
import java.util.List;

/** The JSON of a problem: RFC 9457 section 3 with our extension members. */
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        boolean retryable,
        List<Problem.FieldError> errors) {

    /**
     * @param instance the path of the request
     * @param requestId what to quote when asking for help
     */
    public static ProblemBody of(Problem problem, String instance, String requestId) {
        return new ProblemBody(
                problem.code().type(),
                problem.code().title(),
                problem.code().status(),
                problem.detail(),
                instance,
                problem.code().code(),
                requestId,
                problem.code().isRetryable(),
                problem.errors());
    }
}
