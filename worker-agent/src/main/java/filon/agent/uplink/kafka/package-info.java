/**
 * The uplink over Kafka with mTLS.
 *
 * <p>Owns: the producer and its settings. Does not own: repetition beyond the producer's own, see
 * {@link filon.agent.uplink.UsageSender}.
 */
package filon.agent.uplink.kafka;
