/** The fleet's safety over HTTP, for staff. Owns: the shapes. Does not own: what they say. */
package filon.provisioning.safety.rest;
