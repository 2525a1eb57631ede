/**
 * The host's desired topic over Kafka with mTLS.
 *
 * <p>Owns: the consumer and its thread. Does not own: whether a record is believed.
 */
package filon.agent.control.kafka;
