package filon.provisioning.placement;

import filon.contracts.value.DeviceKind;
import filon.provisioning.placement.Candidate.Device;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each site keeps back of one kind of device; devices that cannot be leased now count for nothing. */
final class Spares {
    private final Map<String, Count> sites = new HashMap<>();
    private final DeviceKind kind;
    private final PlacementPolicy policy;

    private record Count(int usable, int free) {
        Count plus(Device device) {
            return new Count(usable + 1, device.free() ? free + 1 : free);
        }
    }

    private Spares(DeviceKind kind, PlacementPolicy policy) {
        this.kind = kind;
        this.policy = policy;
    }

    static Spares of(List<Candidate> candidates, DeviceKind kind, PlacementPolicy policy) {
        Spares spares = new Spares(kind, policy);
        if (policy.sparesPercent() > 0) {
            candidates.stream().filter(Candidate::isOpen).forEach(spares::count);
        }
        return spares;
    }

    /** For those who may have the spares, too. */
    static Spares none(DeviceKind kind) {
        return new Spares(kind, new PlacementPolicy(0, Duration.ZERO));
    }

    Optional<String> objection(String site, int wanted) {
        Count count = sites.getOrDefault(site, new Count(0, 0));
        int kept = policy.spares(count.usable());
        return kept == 0 || count.free() - wanted >= kept
                ? Optional.empty()
                : Optional.of("is at site " + site + ", which keeps " + kept + " of its " + count.usable()
                        + " devices of kind " + kind + " back as spares; " + count.free() + " are free, " + wanted
                        + " are wanted");
    }

    private void count(Candidate candidate) {
        for (Device device : candidate.devices()) {
            if (device.kind() == kind && device.isUsable()) {
                sites.merge(
                        candidate.location().site(),
                        new Count(0, 0).plus(device),
                        (before, one) -> before.plus(device));
            }
        }
    }
}
