package filon.agent.control;

import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.SignedOrder;
import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that the agent remembers of its orders; what is on disk is this record as JSON.
 *
 * @param seenThrough the highest offset looked at; what lies below is history and is not reported again
 * @param slots the newest believed order of each slot
 * @param epochs the highest epoch of each {@code rental/gpu}
 */
public record OrderState(long seenThrough, Map<String, Slot> slots, Map<String, Long> epochs) {
    public static final OrderState EMPTY = new OrderState(-1, Map.of(), Map.of());

    public OrderState {
        slots = Map.copyOf(slots);
        epochs = Map.copyOf(epochs);
    }

    /**
     * One slot.
     *
     * @param order exactly as it came, so that it can be verified again
     * @param run the last order to run; kept under a stop order, which does not name the GPUs; empty where none was seen
     * @param stopReason present when the lease of this slot must never run again
     */
    public record Slot(long generation, SignedOrder order, Optional<RunWorkload> run, Optional<String> stopReason) {}

    /** A lease that was ordered to run and then to stop. */
    public record StoppedLease(RunWorkload run, String reason) {}

    /** The highest generation that was believed; 0 before the first. */
    public long generation() {
        return slots.values().stream().mapToLong(Slot::generation).max().orElse(0);
    }

    public long epochOf(RentalId rental, GpuId gpu) {
        return epochs.getOrDefault(epochKey(rental, gpu), 0L);
    }

    OrderState seen(long offset) {
        return offset <= seenThrough ? this : new OrderState(offset, slots, epochs);
    }

    OrderState with(String name, Slot slot) {
        Map<String, Slot> next = new TreeMap<>(slots);
        next.put(name, slot);
        return new OrderState(seenThrough, next, epochs);
    }

    OrderState withEpochs(RunWorkload run) {
        Map<String, Long> next = new HashMap<>(epochs);
        run.gpuIds().forEach(gpu -> next.merge(epochKey(run.rentalId(), gpu), run.epoch(), Math::max));
        return new OrderState(seenThrough, slots, next);
    }

    private static String epochKey(RentalId rental, GpuId gpu) {
        return rental + "/" + gpu;
    }
}
