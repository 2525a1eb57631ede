/**
 * What rentals want, and which host gives it to them.
 *
 * <p>Owns: the demand of each rental with its moves, the pure choice of a host with its reasons. Does not own: the grant (lease),
 * the rental itself (the API). The machine is drawn in {@code demand.mmd}.
 */
package filon.provisioning.placement;
