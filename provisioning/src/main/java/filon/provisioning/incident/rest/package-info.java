/** Shows incidents to staff. */
package filon.provisioning.incident.rest;
