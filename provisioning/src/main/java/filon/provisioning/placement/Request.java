package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;

/**
 * What placement is asked for.
 *
 * @param epoch how often the rental was placed before
 */
public record Request(Order order, long epoch) {
    /** Whether the rental worked before and lost its place: then it may have the spares. */
    boolean isReplacement() {
        return epoch >= 1;
    }
}
