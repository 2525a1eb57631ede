package filon.testkit.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** One line of {@code infra/postgres/databases.json}: a database and the login role that owns it. */
public record DatabasePlan(String name, String owner, String password) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public DatabasePlan {
        requireName("database", name);
        requireName("owner", owner);
        if (password == null || password.isBlank() || password.contains("'") || password.contains("\\")) {
            throw new IllegalArgumentException("the password of " + owner + " is empty or has a quote or backslash");
        }
    }

    /** Names go into statements as they are, so they are checked and not quoted. */
    static String requireName(String thing, String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(thing + " name '" + name + "' is not " + NAME);
        }
        return name;
    }

    static List<DatabasePlan> all() throws IOException {
        return new ObjectMapper()
                .readValue(
                        RepositoryRoot.infra("postgres", "databases.json").toFile(),
                        new TypeReference<List<DatabasePlan>>() {});
    }
}
