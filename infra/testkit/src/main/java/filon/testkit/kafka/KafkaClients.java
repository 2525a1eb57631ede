package filon.testkit.kafka;

import java.nio.file.Path;
import java.util.Map;

/** How clients reach a local broker: by user and password for services, by certificate for agents. */
public final class KafkaClients {
    private KafkaClients() {}

    /** Settings of a service's client; the user {@code admin} may do everything. */
    public static Map<String, String> ofUser(String bootstrap, String user, String password) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";");
    }

    /**
     * Settings of an agent's client.
     *
     * @param authority the PEM file of the authority that the broker's certificate comes from
     * @param identity the PEM file of the agent's key followed by its certificate
     */
    public static Map<String, String> ofAgent(String bootstrap, Path authority, Path identity) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.toString(),
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.location",
                identity.toString());
    }
}
