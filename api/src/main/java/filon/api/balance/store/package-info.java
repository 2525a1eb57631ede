/**
 * Balances in PostgreSQL.
 *
 * <p>Owns: the table balance.
 *
 * <p>Does not own: anything else.
 */
package filon.api.balance.store;
