package filon.billing.ledger;

import java.util.UUID;

/** What posting came to: {@code isNew} is false when the same entry had been posted before. */
public record Posted(UUID entryId, boolean isNew) {}
