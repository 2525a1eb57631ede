/** Hears what hosts say is true right now. Owns: the topic's reading. Does not own: what a report means. */
package filon.provisioning.workload.messaging;
