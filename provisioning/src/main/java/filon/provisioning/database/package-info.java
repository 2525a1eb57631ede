/** Plain SQL inside the caller's transaction. Owns: binding and reading of values. Does not own: any table. */
package filon.provisioning.database;
