package filon.api.identity.oidc;

import filon.api.identity.Caller;
import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.contracts.value.CustomerId;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller by the token's subject; a name can change, a subject does not. */
@ApplicationScoped
class TokenCaller implements CurrentCaller {
    private final SecurityIdentity identity;

    TokenCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Optional<Caller> find() {
        if (identity.isAnonymous()) {
            return Optional.empty();
        }
        Principal principal = identity.getPrincipal();
        Set<Role> roles = identity.getRoles().stream()
                .map(Role::named)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return Optional.of(new Caller(idOf(principal), nameOf(principal), roles));
    }

    private static CustomerId idOf(Principal principal) {
        String id = principal instanceof JsonWebToken token ? token.getSubject() : principal.getName();
        if (id == null || id.isBlank() || id.length() > CustomerId.LENGTH_MAX) {
            throw new AuthenticationFailedException("the token has no subject of 1 to 64 characters");
        }
        return CustomerId.of(id);
    }

    private static String nameOf(Principal principal) {
        if (principal instanceof JsonWebToken token) {
            String name = token.getClaim("preferred_username");
            return name == null ? token.getSubject() : name;
        }
        return principal.getName();
    }
}
