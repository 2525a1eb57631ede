/** Hears what the API tells of rentals. Owns: the topic's reading. Does not own: what a notice causes. */
package filon.provisioning.placement.messaging;
