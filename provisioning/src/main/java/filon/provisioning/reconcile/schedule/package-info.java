/** When the reconciliation looks. Owns: the pace. Does not own: what it looks at. */
package filon.provisioning.reconcile.schedule;
