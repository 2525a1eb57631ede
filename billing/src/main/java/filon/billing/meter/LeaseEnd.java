package filon.billing.meter;

import java.time.Instant;

/** The end of a lease: when it was over, and when billing heard so. */
public record LeaseEnd(Instant endedAt, Instant seenAt) {}
