package filon.api.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do here; the identity provider's roles of the same names in lower case. */
public enum Role {
    CUSTOMER,
    OPERATOR,
    FINANCE,
    ADMIN;

    public static final String CUSTOMER_NAME = "customer";
    public static final String OPERATOR_NAME = "operator";

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for roles of other applications. */
    public static Optional<Role> named(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }
}
