package filon.mining.device;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Power limits and clocks that devices are held to until this is closed, through NVML. Closing restores exactly once, last set first, and
 * goes on past what fails; afterwards nothing can be held any more. A power limit comes back as it was; a clock goes back to the driver's
 * own choice, as NVML does not tell whether somebody had locked it. A killed process restores nothing.
 *
 * <p>Holding and restoring exclude each other, so that a signal in the middle of the one leaves nothing behind; NVML is called under that
 * lock, and never calls back.
 */
public final class HeldLimits implements AutoCloseable {
    private static final int MILLIWATT_DIGITS = 3;
    private static final long MILLIWATT_PER_WATT = 1_000;

    private final Supplier<Optional<Nvml>> nvml;
    private final Consumer<String> onNotRestored;
    private final Deque<Restoration> restorations = new ArrayDeque<>();
    private boolean isClosed;

    private record Restoration(String what, Runnable action) {}

    HeldLimits(Supplier<Optional<Nvml>> nvml, Consumer<String> onNotRestored) {
        this.nvml = nvml;
        this.onNotRestored = onNotRestored;
    }

    /**
     * Of this machine's devices; restored when the process ends too.
     *
     * @param onNotRestored told what stays changed, and why; called by whichever thread restores
     */
    public static HeldLimits untilExit(Consumer<String> onNotRestored) {
        HeldLimits limits = new HeldLimits(Nvml::present, onNotRestored);
        limits.restoreOnExit();
        return limits;
    }

    void restoreOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "restore-limits"));
    }

    /**
     * Holds the device to what is ordered. What was set before something failed is restored by {@link #close}.
     *
     * @throws LimitRefusedException if the device is not NVIDIA's, takes no such limit, or root is needed
     * @throws NvmlException if NVML fails otherwise
     */
    public synchronized void hold(Device device, LimitOrder order) {
        if (order.isEmpty()) {
            return;
        }
        if (isClosed) {
            throw new IllegalStateException(named(device) + " is not held to limits: they are restored already");
        }
        try {
            NvmlDevice managed = managed(device);
            order.powerWatt().ifPresent(watt -> holdPower(device, managed, watt));
            order.clockMegahertz().ifPresent(megahertz -> holdClock(device, managed, megahertz));
        } catch (NvmlException e) {
            throw explained(device, e);
        }
    }

    private NvmlDevice managed(Device device) {
        Nvml present = nvml.get()
                .orElseThrow(() -> new LimitRefusedException(named(device)
                        + ": limits need NVIDIA's driver and its NVML, which is absent or does not start"));
        return device.pciId()
                .flatMap(present::device)
                .orElseThrow(() -> new LimitRefusedException(
                        named(device) + ": limits need a device of NVIDIA's, and NVML does not know this one"));
    }

    private void holdPower(Device device, NvmlDevice managed, int watt) {
        long milliwatt = watt * MILLIWATT_PER_WATT;
        PowerRange range = managed.powerRange();
        if (!range.contains(milliwatt)) {
            throw new LimitRefusedException("power limit " + watt + " W of " + named(device) + " is not within "
                    + watt(range.leastMilliwatt()) + " to " + watt(range.mostMilliwatt()));
        }
        long before = managed.powerLimitMilliwatt();
        managed.setPowerLimit(milliwatt);
        restorations.push(new Restoration(
                "power limit " + watt(before) + " of " + named(device), () -> managed.setPowerLimit(before)));
    }

    private void holdClock(Device device, NvmlDevice managed, int megahertz) {
        managed.lockClock(megahertz);
        restorations.push(new Restoration("unlocked clock of " + named(device), managed::resetClock));
    }

    private static RuntimeException explained(Device device, NvmlException e) {
        return switch (e.code()) {
            case NvmlException.NO_PERMISSION ->
                new LimitRefusedException("limits of " + named(device) + " need root: " + e.getMessage());
            case NvmlException.NOT_SUPPORTED, NvmlException.INVALID_ARGUMENT, NvmlException.FUNCTION_NOT_FOUND ->
                new LimitRefusedException(named(device) + " takes no such limit: " + e.getMessage());
            default -> e;
        };
    }

    private static String named(Device device) {
        return "device " + device.index() + " (" + device.name() + ")";
    }

    private static String watt(long milliwatt) {
        return BigDecimal.valueOf(milliwatt, MILLIWATT_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString() + " W";
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        while (!restorations.isEmpty()) {
            restore(restorations.pop());
        }
    }

    private void restore(Restoration restoration) {
        try {
            restoration.action().run();
        } catch (NvmlException e) {
            onNotRestored.accept(restoration.what() + " is not restored: " + e.getMessage());
        }
    }
}
