package filon.plumbing.problem;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure of a request with a problem; only our own mistakes are logged, with the id that the caller sees. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(ProblemException e, UriInfo uri) {
        return Answers.of(e.problem(), uri);
    }

    @ServerExceptionMapper
    Response violation(ConstraintViolationException e, UriInfo uri) {
        List<Problem.FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(pointer(violation), violation.getMessage()))
                .sorted(java.util.Comparator.comparing(Problem.FieldError::pointer))
                .toList();
        String detail = errors.size() == 1
                ? errors.getFirst().pointer() + " " + errors.getFirst().detail()
                : errors.size() + " fields have values that are not allowed";
        return Answers.of(new Problem(ProblemCode.INVALID_FIELD, detail, errors), uri);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException e, UriInfo uri) {
        if (e instanceof JsonParseException
                || !(e instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return Answers.of(
                    Problem.of(ProblemCode.MALFORMED_BODY, "the body is not JSON: " + e.getOriginalMessage()), uri);
        }
        String pointer = pointer(mapping);
        String detail = e instanceof UnrecognizedPropertyException unknown
                ? "field " + unknown.getPropertyName() + " is not known; known are: " + unknown.getKnownPropertyIds()
                : "field " + pointer + " cannot be read: " + cause(mapping);
        return Answers.of(Problem.field(pointer, detail), uri);
    }

    /** Quarkus has a mapper of its own for these, with an empty answer; the nearer type wins. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e, UriInfo uri) {
        return unreadable(e, uri);
    }

    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException e, UriInfo uri) {
        return withChallenge(
                Answers.of(Problem.of(ProblemCode.UNAUTHENTICATED, "send a bearer token of this platform"), uri));
    }

    @ServerExceptionMapper
    Response notAuthentic(AuthenticationFailedException e, UriInfo uri) {
        return withChallenge(
                Answers.of(Problem.of(ProblemCode.UNAUTHENTICATED, "the bearer token is not valid here"), uri));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, UriInfo uri) {
        return Answers.of(Problem.of(ProblemCode.FORBIDDEN, "this needs a role that the caller does not have"), uri);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, uri);
        }
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 400 -> Answers.of(Problem.of(ProblemCode.MALFORMED_BODY, detail(e)), uri);
            case 401 -> withChallenge(Answers.of(Problem.of(ProblemCode.UNAUTHENTICATED, detail(e)), uri));
            case 403 -> Answers.of(Problem.of(ProblemCode.FORBIDDEN, detail(e)), uri);
            case 404 -> Answers.of(Problem.of(ProblemCode.NOT_FOUND, detail(e)), uri);
            case 405 -> Answers.of(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, detail(e)), uri);
            case 406 -> Answers.of(Problem.of(ProblemCode.NOT_ACCEPTABLE, detail(e)), uri);
            case 415 -> Answers.of(Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail(e)), uri);
            case 409 -> Answers.of(Problem.of(ProblemCode.CONFLICT, detail(e)), uri);
            case 503 -> Answers.of(Problem.of(ProblemCode.UNAVAILABLE, detail(e)), uri);
            default -> other(e, status, uri);
        };
    }

    @ServerExceptionMapper
    Response anything(Throwable e, UriInfo uri) {
        return internal(e, uri);
    }

    /** What a caller did wrong that has no code of its own, a body over the limit for example, is not our fault. */
    private static Response other(WebApplicationException e, int status, UriInfo uri) {
        if (status < 400) {
            return e.getResponse();
        }
        return status < 500 ? Answers.of(Problem.of(ProblemCode.MALFORMED_BODY, detail(e)), uri) : internal(e, uri);
    }

    private static Response internal(Throwable e, UriInfo uri) {
        String requestId = UUID.randomUUID().toString();
        LOG.errorf(e, "request %s to %s failed", requestId, uri == null ? "?" : uri.getPath());
        return Answers.of(
                Problem.of(ProblemCode.INTERNAL, "the request failed on our side; quote request id " + requestId),
                uri,
                requestId);
    }

    private static Response withChallenge(Response response) {
        return Response.fromResponse(response)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    private static String detail(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String cause(JsonMappingException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        e.getPath().forEach(part -> pointer.append('/')
                .append(part.getFieldName() == null ? Integer.toString(part.getIndex()) : part.getFieldName()));
        return pointer.toString();
    }

    /** The path without the method's name and its body parameter: {@code order.body.gpus} becomes {@code /gpus}. */
    private static String pointer(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (depth++ >= 2 && node.getName() != null && !node.getName().startsWith("<")) {
                pointer.append('/').append(node.getName());
            }
        }
        return pointer.isEmpty() ? "/" : pointer.toString();
    }
}
