package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.Sku;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which host takes an order: a pure function of the order and the hosts.
 *
 * <p>All GPUs of an order come from one host. Of the hosts that can, the one with the fewest GPUs left over is taken, so that large
 * orders still find a place; the host's id breaks ties.
 */
public sealed interface Placement {
    int REASONS_MAX = 20;

    record Chosen(HostId host, List<GpuId> gpus) implements Placement {
        public Chosen {
            gpus = List.copyOf(gpus);
        }
    }

    /** One reason per host, or a single general one; the same situation gives the same words. */
    record Refused(List<String> reasons) implements Placement {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    static Placement decide(Order order, List<Candidate> candidates) {
        Optional<DeviceKind> kind = kindOf(order.offer());
        if (kind.isEmpty()) {
            return new Refused(List.of("offer " + order.offer() + " names no kind of device that is known here"));
        }
        if (candidates.isEmpty()) {
            return new Refused(List.of("no host is enrolled"));
        }
        List<String> reasons = new ArrayList<>();
        List<Chosen> possible = new ArrayList<>();
        List<Candidate> byFit = candidates.stream()
                .sorted(Comparator.comparingLong((Candidate candidate) ->
                                free(candidate, kind.get()).size())
                        .thenComparing(Candidate::host))
                .toList();
        for (Candidate candidate : byFit) {
            Optional<String> reason = objection(candidate, kind.get(), order.gpuCount());
            reason.ifPresentOrElse(
                    why -> reasons.add("host " + candidate.name() + ": " + why),
                    () -> possible.add(new Chosen(
                            candidate.host(), free(candidate, kind.get()).subList(0, order.gpuCount()))));
        }
        return possible.isEmpty() ? refused(reasons) : possible.getFirst();
    }

    /** What an offer sells; empty for an offer that is not known here. */
    static Optional<DeviceKind> kindOf(Sku offer) {
        return switch (offer.sku()) {
            case "opencl-cpu" -> Optional.of(DeviceKind.CPU);
            case "opencl-gpu" -> Optional.of(DeviceKind.GPU);
            default -> Optional.empty();
        };
    }

    private static Optional<String> objection(Candidate candidate, DeviceKind kind, int wanted) {
        HostState state = candidate.state();
        if (!state.isPlaceable()) {
            return Optional.of("is " + state.label());
        }
        if (candidate.connectivity() != Connectivity.ONLINE) {
            return Optional.of(
                    switch (candidate.connectivity()) {
                        case ONLINE -> "is online";
                        case STALE -> "has not reported for " + Connectivity.STALE_AFTER.toSeconds() + " s";
                        case OFFLINE -> "is offline";
                        case NEVER_HEARD -> "has never reported";
                    });
        }
        int free = free(candidate, kind).size();
        return free >= wanted
                ? Optional.empty()
                : Optional.of("has " + free + " free devices of kind " + kind + ", " + wanted + " are wanted");
    }

    private static List<GpuId> free(Candidate candidate, DeviceKind kind) {
        return candidate.devices().stream()
                .filter(device -> device.free() && device.kind() == kind)
                .map(Candidate.Device::id)
                .sorted()
                .toList();
    }

    private static Refused refused(List<String> reasons) {
        List<String> sorted = reasons.stream().sorted().limit(REASONS_MAX).toList();
        if (reasons.size() <= REASONS_MAX) {
            return new Refused(sorted);
        }
        List<String> shortened = new ArrayList<>(sorted);
        shortened.add("and " + (reasons.size() - REASONS_MAX) + " more hosts");
        return new Refused(shortened);
    }
}
