/** The clockwork of trimming. Owns: when. Does not own: what. */
package filon.provisioning.desired.schedule;
