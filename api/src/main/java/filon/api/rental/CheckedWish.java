package filon.api.rental;

import filon.contracts.problem.Problem;
import filon.contracts.problem.Problem.FieldError;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.Algorithm;
import filon.contracts.value.Pool;
import filon.contracts.value.Sku;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wish after all its checks.
 *
 * @param terms what can be ordered; empty when a lasting error stands against it
 * @param lasting errors that the same wish will always have
 * @param passing errors of this moment: a name that does not resolve, or resolves to a forbidden address
 */
public record CheckedWish(Optional<Terms> terms, List<FieldError> lasting, List<FieldError> passing) {
    /** What is ordered, in the platform's own words. */
    public record Terms(Sku offer, int gpuCount, Algorithm algorithm, List<Pool> pools) {}

    public CheckedWish {
        lasting = List.copyOf(lasting);
        passing = List.copyOf(passing);
    }

    /** @throws ProblemException naming every field, if a lasting error stands against the wish */
    public void requireForm() {
        if (!lasting.isEmpty()) {
            throw refusal();
        }
    }

    /** @throws ProblemException naming every field, if any error stands against the wish */
    public Terms require() {
        if (!lasting.isEmpty() || !passing.isEmpty()) {
            throw refusal();
        }
        return terms.orElseThrow();
    }

    public List<FieldError> errors() {
        return Stream.concat(lasting.stream(), passing.stream()).toList();
    }

    private ProblemException refusal() {
        List<FieldError> all = errors();
        String detail =
                all.size() == 1 ? all.getFirst().detail() : all.size() + " fields have values that are not allowed";
        return new ProblemException(new Problem(ProblemCode.INVALID_FIELD, detail, all));
    }
}
