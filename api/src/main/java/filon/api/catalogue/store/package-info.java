/**
 * Published prices in PostgreSQL.
 *
 * <p>Owns: the table published_price.
 *
 * <p>Does not own: prices that billing has not published.
 */
package filon.api.catalogue.store;
