/** Enrolment over HTTP. Owns: the shapes and their limits. Does not own: who is let in. */
package filon.provisioning.enrolment.rest;
