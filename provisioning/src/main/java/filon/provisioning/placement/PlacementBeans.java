package filon.provisioning.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the policy of the settings. */
@ApplicationScoped
class PlacementBeans {
    @Produces
    @Singleton
    PlacementPolicy policy(
            @ConfigProperty(name = "filon.placement.spares-percent") int sparesPercent,
            @ConfigProperty(name = "filon.placement.undisturbed") Duration undisturbed) {
        return new PlacementPolicy(sparesPercent, undisturbed);
    }
}
