/** The comparison as one query. Owns: no table. Does not own: those it reads. */
package filon.provisioning.reconcile.store;
