/** The clockwork of burn-ins. Owns: when. Does not own: what. */
package filon.provisioning.burnin.schedule;
