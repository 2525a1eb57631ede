package filon.contracts.problem;

import java.util.Locale;

/**
 * Every problem a caller can be answered with; the wire code is the name in lower case with hyphens.
 *
 * <p>Problem details per RFC 9457: {@code type} is {@code urn:filon:problem:<code>}.
 */
public enum ProblemCode {
    MALFORMED_BODY(400, "The body is not the JSON that this operation takes", false),
    INVALID_FIELD(422, "A field has a value that is not allowed", false),
    IDEMPOTENCY_KEY_REQUIRED(400, "This operation needs an Idempotency-Key header", false),
    IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used with another body", false),
    REQUEST_IN_FLIGHT(409, "The same Idempotency-Key is being worked on", true),
    UNAUTHENTICATED(401, "A valid bearer token is needed", false),
    FORBIDDEN(403, "The caller's roles do not allow this operation", false),
    NOT_FOUND(404, "There is no such thing, or it belongs to someone else", false),
    METHOD_NOT_ALLOWED(405, "This address does not know this method", false),
    NOT_ACCEPTABLE(406, "No representation of the asked type", false),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json", false),
    CONFLICT(409, "The state of the thing does not allow this operation", false),
    INSUFFICIENT_BALANCE(402, "The balance does not cover this order", false),
    TOKEN_SPENT(409, "The enrolment token was used, has expired, or never existed", false),
    RENEWAL_REFUSED(403, "The certificate of this host is not renewed", false),
    UNAVAILABLE(503, "A part of the platform that this needs is not available now", true),
    INTERNAL(500, "Something failed on our side", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemCode(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String type() {
        return "urn:filon:problem:" + code();
    }

    /** The HTTP status this code is answered with. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the same request can succeed later without being changed. */
    public boolean isRetryable() {
        return retryable;
    }
}
