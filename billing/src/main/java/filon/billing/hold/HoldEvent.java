package filon.billing.hold;

import filon.contracts.value.MicroEuro;

/** What can happen to the hold of a rental. */
public sealed interface HoldEvent {
    /** Money was asked for and is there; {@code held} is what the hold has with it. */
    record Covered(MicroEuro held) implements HoldEvent {}

    /** Money was asked for and cannot be reserved. */
    record Uncovered(MicroEuro needed, MicroEuro available, String reason) implements HoldEvent {}

    /** Hold and wallet together do not pay for the next interval. */
    record Spent() implements HoldEvent {}

    /** The rental is to end. */
    record EndAsked() implements HoldEvent {}

    /** No more usage will come; this is the last cost. */
    record Metered(long provenSeconds, MicroEuro cost) implements HoldEvent {}
}
