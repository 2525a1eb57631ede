/**
 * What an offer costs per GPU-hour, from when on.
 *
 * <p>Owns: the {@code price} table and {@code price.published}. Invariants: a version never changes; versions and their
 * instants rise; each version is published exactly once. Does not own: which offers there are to order (api), rounding
 * ({@link filon.contracts.value.MicroEuro#costOfSeconds}).
 */
package filon.billing.price;
