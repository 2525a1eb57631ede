/** Maintenance windows over HTTP. */
package filon.provisioning.maintenance.rest;
