package filon.api.identity;

import filon.contracts.value.CustomerId;
import java.util.Objects;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param customerId whose things these are; from the token alone, never from a request
 * @param name what people read
 */
public record Caller(CustomerId customerId, String name, Set<Role> roles) {
    public Caller {
        Objects.requireNonNull(customerId, "a caller has a customer id");
        Objects.requireNonNull(name, "a caller has a name");
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
