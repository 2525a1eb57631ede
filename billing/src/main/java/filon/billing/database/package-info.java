/** Plain SQL inside the caller's transaction. Owns: binding and reading of JDBC. Does not own: any table or statement. */
package filon.billing.database;
