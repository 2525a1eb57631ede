package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HashRate;
import filon.provisioning.host.Connectivity;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.placement.Candidate.Device;
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
    Optional<String> against(Candidate candidate) {
        return ofHost(candidate).or(() -> ofDevices(candidate)).or(() -> ofSpares(candidate));
    }

    private Optional<String> ofHost(Candidate candidate) {
        if (!candidate.host().state().isPlaceable()) {
            return Optional.of("is " + candidate.host().state().label());
        }
        String site = candidate.location().site();
        if (order.site() != null && !order.site().equals(site)) {
            return Optional.of("is at site " + site + ", site " + order.site() + " is wanted");
        }
        return ofSilence(candidate.connectivity()).or(() -> candidate
                .nextMaintenance()
                .filter(in -> !in.isPositive())
                .map(in -> "has maintenance since " + in.negated().toSeconds() + " s"));
    }

    private static Optional<String> ofSilence(Connectivity connectivity) {
        return switch (connectivity) {
            case ONLINE -> Optional.empty();
            case STALE -> Optional.of("has not reported for " + Connectivity.STALE_AFTER.toSeconds() + " s");
            case OFFLINE -> Optional.of("is offline");
            case NEVER_HEARD -> Optional.of("has never reported");
        };
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

    private Optional<String> ofSpares(Candidate candidate) {
        return spares.objection(candidate.location().site(), order.gpuCount());
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
