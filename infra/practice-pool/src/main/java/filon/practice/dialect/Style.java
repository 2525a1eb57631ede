package filon.practice.dialect;

import filon.practice.book.PoolError;
import java.util.Map;

/**
 * How a dialect of JSON lines writes replies and pushes.
 *
 * @param version whether every line says {@code "jsonrpc":"2.0"}
 * @param success what a good reply has for an error
 * @param refusal what a bad reply has for a result
 * @param codes where they are not those of {@link PoolError}
 * @param texts where the dialect always says the same
 */
record Style(
        boolean version,
        Absence success,
        Absence refusal,
        Absence pushId,
        Shape errors,
        Map<PoolError, Integer> codes,
        Map<PoolError, String> texts) {
    /** How something that is not there is written. */
    enum Absence {
        NULL,
        FALSE,
        OMITTED
    }

    /** How errors look. */
    enum Shape {
        TWO_ELEMENTS,
        THREE_ELEMENTS,
        OBJECT
    }

    static final Style STRATUM =
            new Style(false, Absence.NULL, Absence.NULL, Absence.NULL, Shape.THREE_ELEMENTS, Map.of(), Map.of());

    int code(PoolError error) {
        return codes.getOrDefault(error, error.code());
    }

    String text(PoolError error, String why) {
        return texts.getOrDefault(error, why);
    }
}
