/**
 * What a customer can spend.
 *
 * <p>Owns: the balance that billing said last.
 *
 * <p>Does not own: the ledger.
 */
package filon.api.balance;
