/** The clockwork of silent hosts. Owns: when. Does not own: what. */
package filon.provisioning.workload.schedule;
