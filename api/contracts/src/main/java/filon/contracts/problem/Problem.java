package filon.contracts.problem;

import java.util.List;
import java.util.Objects;

/**
 * A caller's mistake or a state that forbids what was asked, ready to be answered.
 *
 * @param detail names the thing, the value and the limit
 * @param errors one per field, empty when no single field is to blame
 */
public record Problem(ProblemCode code, String detail, List<FieldError> errors) {
    /** @param pointer JSON pointer (RFC 6901) to the field, for example {@code /pools/0/address} */
    public record FieldError(String pointer, String detail) {}

    public Problem {
        Objects.requireNonNull(code, "a problem needs a code");
        Objects.requireNonNull(detail, "a problem needs a detail");
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of());
    }

    public static Problem field(String pointer, String detail) {
        return new Problem(ProblemCode.INVALID_FIELD, detail, List.of(new FieldError(pointer, detail)));
    }
}
