/** The fleet over HTTP, for staff. Owns: addresses and roles. Does not own: what is shown. */
package filon.provisioning.fleet.rest;
