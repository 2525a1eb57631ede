package filon.agent.uplink;

import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.uplink.kafka.KafkaUplink;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The way to the brokers; comes back by itself after a loss. */
public interface Uplink extends AutoCloseable {

    /**
     * Sends one record; may block for some seconds while no broker is known.
     *
     * @return completes when the brokers have the record for certain, fails when they did not say so in time
     */
    CompletableFuture<Void> send(UplinkRecord record);

    /** Gives what is on its way a moment, then closes. */
    @Override
    void close();

    static Uplink connect(Identity identity, HostKey key) {
        return connect(identity, key, Map.of());
    }

    /** @param thrift settings of the client that save memory and time where many hosts share a machine */
    static Uplink connect(Identity identity, HostKey key, Map<String, Object> thrift) {
        return KafkaUplink.of(identity, key, thrift);
    }
}
