package filon.billing.meter;

import filon.plumbing.uplink.UplinkKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the master secret of the uplink keys once, at the first use. */
@ApplicationScoped
public class UplinkSecret {
    /** @throws IllegalStateException if the file cannot be read; without it no report can be believed */
    @Produces
    @Singleton
    UplinkKeys keys(@ConfigProperty(name = "filon.uplink.secret-file") Path file) {
        try {
            return UplinkKeys.fromFile(file);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "filon.uplink.secret-file must name the file with the 64 hex digits that hosts' keys derive from: "
                            + e.getMessage(),
                    e);
        }
    }
}
