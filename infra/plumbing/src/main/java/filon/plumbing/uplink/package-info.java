/** The keys that tell whether a host really wrote a record. Owns: derivation and MAC. Does not own: enrolment. */
package filon.plumbing.uplink;
