package filon.practice.name;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A constant that people type: its name in small letters, with hyphens. */
public interface TypedName {
    String name();

    /** As it is typed. */
    default String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one of these that is typed so.
     *
     * @param kind what they are, for people
     * @throws IllegalArgumentException naming those that there are
     */
    static <N extends TypedName> N of(String kind, String text, N[] all) {
        return Stream.of(all)
                .filter(name -> name.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(kind + " '" + text + "' is not one of: "
                        + Stream.of(all).map(TypedName::text).collect(Collectors.joining(", "))));
    }
}
