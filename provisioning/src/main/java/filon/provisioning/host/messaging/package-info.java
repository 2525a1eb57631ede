/** Hears what agents tell. Owns: the reading of the events topic. Does not own: what an event means. */
package filon.provisioning.host.messaging;
