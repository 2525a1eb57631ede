/** Hears billing's acknowledgements. Owns: the topic's reading. Does not own: what an acknowledgement causes. */
package filon.provisioning.desired.messaging;
