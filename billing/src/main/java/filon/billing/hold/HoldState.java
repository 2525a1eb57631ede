package filon.billing.hold;

/**
 * Where the hold of a rental stands; {@code hold.mmd} beside this file draws the moves.
 *
 * <p>Each state is resting, or working with what silence means, or final.
 */
public sealed interface HoldState {
    /** Working, for the length of one transaction: the request is being decided. */
    record Requested() implements HoldState {}

    /** Resting: the money was not there, or the price not ours; a new request tries again. */
    record Unfunded() implements HoldState {}

    /** Resting: usage is charged from the hold, the wallet refills it. */
    record Placed() implements HoldState {}

    /** Resting: the balance is spent and that was said; a new request tries again. */
    record Exhausted() implements HoldState {}

    /** Working: waits for the last usage; silence until the settle deadline means that none will come. */
    record Ending() implements HoldState {}

    /** Final: the last cost is posted, the rest is released. */
    record Settled() implements HoldState {}
}
