/**
 * Plain SQL inside the caller's transaction.
 *
 * <p>Owns: the way from a statement to records.
 *
 * <p>Does not own: any table.
 */
package filon.api.database;
