package filon.agent.identity;

import java.util.Map;

/** The settings with which a Kafka client of this host meets the brokers: mTLS with the host's certificate, as PEM texts. */
public final class BrokerAccess {
    private BrokerAccess() {}

    public static Map<String, Object> settings(Identity identity, HostKey key) {
        return Map.of(
                "bootstrap.servers", String.join(",", identity.brokers()),
                "security.protocol", "SSL",
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", identity.certificate(),
                "ssl.keystore.key", key.privatePem(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", identity.ca(),
                "reconnect.backoff.ms", "200",
                "reconnect.backoff.max.ms", "5000");
    }
}
