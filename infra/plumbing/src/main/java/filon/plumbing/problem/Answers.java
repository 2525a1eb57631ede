package filon.plumbing.problem;

import filon.contracts.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;

/** Turns a problem into the response that carries it. */
public final class Answers {
    public static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    private Answers() {}

    public static Response of(Problem problem, UriInfo uri) {
        return of(problem, uri, UUID.randomUUID().toString());
    }

    static Response of(Problem problem, UriInfo uri, String requestId) {
        String instance = uri == null ? null : uri.getRequestUri().getPath();
        return Response.status(problem.code().status())
                .type(PROBLEM_JSON)
                .header("X-Request-Id", requestId)
                .entity(ProblemBody.of(problem, instance, requestId))
                .build();
    }
}
