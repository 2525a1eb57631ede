/** The clockwork of maintenance. Owns: when. Does not own: what. */
package filon.provisioning.maintenance.schedule;
