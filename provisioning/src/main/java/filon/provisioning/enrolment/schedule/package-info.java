/** The clockwork of host topics. Owns: when. Does not own: what. */
package filon.provisioning.enrolment.schedule;
