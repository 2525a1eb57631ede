/** The clockwork of placement. Owns: when. Does not own: what. */
package filon.provisioning.placement.schedule;
