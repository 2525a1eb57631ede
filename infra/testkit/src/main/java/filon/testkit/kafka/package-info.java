/** Owns: one Kafka broker from released jars, its topics, users and access rules. Does not own: records. */
package filon.testkit.kafka;
