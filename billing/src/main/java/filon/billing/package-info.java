/**
 * Billing: turns proven work into money, once.
 *
 * <p>Owns: prices, the ledger, holds, the meter, proofs, the cost of rentals. Does not own: what a rental is (api), who may
 * mine where (provisioning).
 */
package filon.billing;
