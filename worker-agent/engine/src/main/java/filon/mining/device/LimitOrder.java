package filon.mining.device;

import java.util.OptionalInt;

/**
 * Which limits a device is to be held to; what is empty stays as it is.
 *
 * @param powerWatt the most it may take
 * @param clockMegahertz the one clock its cores run at
 */
public record LimitOrder(OptionalInt powerWatt, OptionalInt clockMegahertz) {
    public static final LimitOrder NONE = new LimitOrder(OptionalInt.empty(), OptionalInt.empty());

    boolean isEmpty() {
        return powerWatt.isEmpty() && clockMegahertz.isEmpty();
    }
}
