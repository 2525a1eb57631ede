/** Locations over HTTP. */
package filon.provisioning.location.rest;
