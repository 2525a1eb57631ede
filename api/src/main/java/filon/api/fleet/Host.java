package filon.api.fleet;

import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A machine with GPUs, as provisioning tells of it.
 *
 * @param state provisioning's own word, for example {@code Available}
 * @param standing the state with code, owner and next step; empty until provisioning has told them
 * @param heardAt when its agent was heard last; empty when never
 */
public record Host(
        HostId id,
        String name,
        String site,
        String state,
        String reason,
        Instant since,
        List<Gpu> gpus,
        Optional<String> agentVersion,
        Optional<Instant> heardAt,
        Optional<Standing> standing) {
    static final Set<String> IN_USE = Set.of("Available", "Reserved", "InService");
    private static final Set<String> UNDER_TEST = Set.of("Enrolled", "Verifying", "Inspecting", "BurningIn");

    public Host {
        gpus = List.copyOf(gpus);
    }

    public boolean takesRentals() {
        return IN_USE.contains(state);
    }

    /** Who can bring this host on: its agent, staff, the platform, or nobody needs to. */
    public String whoseMove() {
        if (takesRentals() || state.equals("Retired")) {
            return "nobody";
        }
        if (UNDER_TEST.contains(state)) {
            return "host";
        }
        return state.equals("Draining") ? "platform" : "staff";
    }

    public HashRate hashRateNow() {
        return gpus.stream()
                .flatMap(gpu -> gpu.live().stream())
                .map(Live::hashRateNow)
                .reduce(HashRate.ZERO, HashRate::plus);
    }
}
