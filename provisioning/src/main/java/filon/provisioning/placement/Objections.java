package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HashRate;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.placement.Candidate.Device;
import filon.provisioning.placement.Objection.Hurdle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a host cannot take an order, in words that name the thing, what it is, and what it would have to be. */
final class Objections {
    private static final int NAMED_MAX = 4;
    private static final Comparator<Device> BEST_FIRST = Comparator.comparing(
                    (Device device) -> device.health().state() instanceof GpuState.Degraded)
            .thenComparing(Device::id);
    private final Order order;
    private final DeviceKind kind;
    private final Spares spares;

    Objections(Order order, DeviceKind kind, Spares spares) {
        this.order = order;
        this.kind = kind;
        this.spares = spares;
    }

    /** The devices that the order could have, the best first. */
    List<Device> fitting(Candidate candidate) {
        return candidate.devices().stream()
                .filter(device ->
                        isFreeOfKind(device) && device.isUsable() && isOfModel(device) && isFastEnough(device))
                .sorted(BEST_FIRST)
                .toList();
    }

    /** The first of all objections; empty if the host can take the order. */
    Optional<Objection> against(Candidate candidate) {
        return ofState(candidate)
                .or(() -> ofSite(candidate))
                .or(() -> ofSilence(candidate))
                .or(() -> ofMaintenance(candidate))
                .or(() -> ofDevices(candidate).map(why -> objection(Hurdle.DEVICES, candidate, why)))
                .or(() -> spares.objection(candidate.location().site(), order.gpuCount())
                        .map(why -> objection(Hurdle.SPARES, candidate, why)));
    }

    private static Objection objection(Hurdle hurdle, Candidate candidate, String why) {
        return new Objection(hurdle, candidate.host().name(), why);
    }

    private static Optional<Objection> ofState(Candidate candidate) {
        HostState state = candidate.host().state();
        return state.isPlaceable()
                ? Optional.empty()
                : Optional.of(objection(Hurdle.STATE, candidate, "is " + state.label()));
    }

    private Optional<Objection> ofSite(Candidate candidate) {
        String site = candidate.location().site();
        return order.site() == null || order.site().equals(site)
                ? Optional.empty()
                : Optional.of(objection(
                        Hurdle.SITE, candidate, "is at site " + site + ", site " + order.site() + " is wanted"));
    }

    private static Optional<Objection> ofSilence(Candidate candidate) {
        Optional<String> why =
                switch (candidate.connectivity()) {
                    case ONLINE -> Optional.empty();
                    case STALE -> Optional.of("has not reported for " + Connectivity.STALE_AFTER.toSeconds() + " s");
                    case OFFLINE -> Optional.of("is offline");
                    case NEVER_HEARD -> Optional.of("has never reported");
                };
        return why.map(each -> objection(Hurdle.SILENCE, candidate, each));
    }

    /** In words that stay the same while it lasts: other words would be told to the customer again. */
    private static Optional<Objection> ofMaintenance(Candidate candidate) {
        return candidate
                .nextMaintenance()
                .filter(in -> !in.isPositive())
                .map(due -> objection(Hurdle.MAINTENANCE, candidate, "has maintenance that is due"));
    }

    private Optional<String> ofDevices(Candidate candidate) {
        int wanted = order.gpuCount();
        List<Device> usable = candidate.devices().stream()
                .filter(device -> isFreeOfKind(device) && device.isUsable())
                .toList();
        if (usable.size() < wanted) {
            return Optional.of("has " + usable.size() + " free devices of kind " + kind + ", " + wanted + " are wanted"
                    + unusable(candidate));
        }
        List<Device> ofModel = usable.stream().filter(this::isOfModel).toList();
        if (ofModel.size() < wanted) {
            return Optional.of("has " + ofModel.size() + " free devices of model " + order.gpuModel() + ", " + wanted
                    + " are wanted");
        }
        List<Device> slow =
                ofModel.stream().filter(device -> !isFastEnough(device)).toList();
        return ofModel.size() - slow.size() >= wanted
                ? Optional.empty()
                : Optional.of("has " + (ofModel.size() - slow.size()) + " free devices measured with at least "
                        + order.hashRateMin() + " of " + order.algorithm().label() + ", " + wanted + " are wanted"
                        + named(slow.stream().map(this::rate).toList()));
    }

    private String unusable(Candidate candidate) {
        return named(candidate.devices().stream()
                .filter(device -> isFreeOfKind(device) && !device.isUsable())
                .map(device -> device.id() + " is " + device.health())
                .toList());
    }

    private String rate(Device device) {
        Algorithm algorithm = order.algorithm();
        return device.measured(algorithm)
                .map(rate -> device.id() + " has " + rate)
                .orElseGet(() -> device.id() + " was never measured with " + algorithm.label());
    }

    private static String named(List<String> devices) {
        if (devices.isEmpty()) {
            return "";
        }
        String first = devices.stream().sorted().limit(NAMED_MAX).collect(Collectors.joining("; ", "; ", ""));
        return devices.size() <= NAMED_MAX ? first : first + "; and " + (devices.size() - NAMED_MAX) + " more devices";
    }

    private boolean isFreeOfKind(Device device) {
        return device.free() && device.kind() == kind;
    }

    private boolean isOfModel(Device device) {
        return order.gpuModel() == null || order.gpuModel().equals(device.model());
    }

    private boolean isFastEnough(Device device) {
        HashRate min = order.hashRateMin();
        return min == null
                || device.measured(order.algorithm())
                        .filter(rate -> rate.hashesPerSecond() >= min.hashesPerSecond())
                        .isPresent();
    }
}
