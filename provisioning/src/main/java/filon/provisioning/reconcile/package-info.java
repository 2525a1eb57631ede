/**
 * Keeps comparing what leases mean with what their hosts say, and orders again what was lost on the way.
 *
 * <p>Owns: the comparison and when it is repaired. Does not own: orders and leases (lease), what hosts report (workload, host).
 * Level-triggered: it looks at how things stand, never at what happened, so a missed event costs a moment and no more.
 */
package filon.provisioning.reconcile;
