/**
 * What hosts metered, as evidence and as a lattice.
 *
 * <p>Owns: usage reports, lanes (which numbers were received), leases as far as billing needs them, the meter of each lease and
 * GPU, quarantine, {@code usage.acknowledged}. Invariants: a report has its effect once, for ever; only unions and maxima
 * change the meter, so duplicates and disorder cannot; nothing that is refused is lost or stops the others. Does not own:
 * what proven time costs (rating), whether a share proves work (proof).
 */
package filon.billing.meter;
