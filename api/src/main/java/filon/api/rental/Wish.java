package filon.api.rental;

import filon.contracts.problem.Problem.FieldError;
import java.util.List;

/**
 * An order as it was written down, before anybody has looked whether it can be.
 *
 * @param offer null when it was not given, and so with the other fields
 * @param errors what is wrong with the form of it already: fields of another type, fields nobody knows
 */
public record Wish(String offer, Integer gpus, String algorithm, List<PoolWish> pools, List<FieldError> errors) {
    /** A pool as it was written down. */
    public record PoolWish(String address, String user, String password) {
        @Override
        public String toString() {
            return user + "@" + address;
        }
    }

    public Wish {
        pools = pools == null ? null : List.copyOf(pools);
        errors = List.copyOf(errors);
    }

    /** Whether the form already says something about this field. */
    boolean isBlamed(String pointer) {
        return errors.stream().anyMatch(error -> error.pointer().equals(pointer));
    }
}
