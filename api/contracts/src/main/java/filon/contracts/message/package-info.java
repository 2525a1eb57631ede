/**
 * What the parts of the platform say to each other over Kafka.
 *
 * <p>Owns: the envelope, the list of topics, one sealed interface per topic. Does not own: how bytes are produced or
 * consumed (plumbing), what a message causes (the feature that handles it). Evolution: add fields, never rename or remove;
 * unknown fields are ignored; an unknown name goes to the dead-letter topic with the reason.
 */
package filon.contracts.message;
