package filon.billing.ledger;

/** Why money moved. */
public enum EntryKind {
    TOP_UP,
    HOLD_PLACED,
    HOLD_REPLENISHED,
    HOLD_RELEASED,
    /** Usage was proven; negative towards revenue where a later fact, such as a lease's end, took proven time away. */
    USAGE_CHARGED
}
