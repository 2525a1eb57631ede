/** A host's topics and access rules in Kafka. Owns: the admin client. Does not own: the rules, which are data. */
package filon.provisioning.enrolment.kafka;
