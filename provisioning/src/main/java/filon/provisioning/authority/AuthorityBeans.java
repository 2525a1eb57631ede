package filon.provisioning.authority;

import filon.plumbing.uplink.UplinkKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the authority's directory once and hands its parts to whoever needs one. */
@ApplicationScoped
public class AuthorityBeans {
    @Produces
    @Singleton
    Authority authority(@ConfigProperty(name = "filon.authority.directory") Path directory, Clock clock) {
        try {
            return Authority.open(directory, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the authority's directory " + directory + " (filon.authority.directory) cannot be used", e);
        }
    }

    @Produces
    @Singleton
    AgentCertificates certificates(Authority authority) {
        return authority.certificates();
    }

    @Produces
    @Singleton
    OrderSigner signer(Authority authority) {
        return authority.signer();
    }

    @Produces
    @Singleton
    UplinkKeys uplinkKeys(Authority authority) {
        return authority.uplinkKeys();
    }
}
