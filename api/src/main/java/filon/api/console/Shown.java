package filon.api.console;

import java.util.Objects;

/**
 * A value as a page shows it.
 *
 * @param text short, for reading
 * @param exact the whole truth, for the pointer's hint
 */
public record Shown(String text, String exact) {
    public Shown {
        Objects.requireNonNull(text, "what is shown has a text");
        Objects.requireNonNull(exact, "what is shown has an exact value");
    }
}
