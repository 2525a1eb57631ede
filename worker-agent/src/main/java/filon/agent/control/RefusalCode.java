package filon.agent.control;

import java.util.Locale;

/** Why an order is not obeyed; sent in lower case with hyphens. */
public enum RefusalCode {
    /** Not a signed order of this version, or an order that asks for nothing. */
    UNREADABLE,
    UNKNOWN_KEY,
    BAD_SIGNATURE,
    OTHER_HOST,
    /** The record's key is not the order's slot: someone moved it. */
    WRONG_SLOT,
    STALE_GENERATION,
    /** Another order with the same generation was obeyed before. */
    CONFLICTING_GENERATION,
    STALE_EPOCH,
    EXPIRED,
    /** The lease was stopped for ever. */
    LEASE_STOPPED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
