package filon.agent.control;

import filon.agent.control.kafka.KafkaOrderSource;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import java.util.Map;
import java.util.function.Consumer;

/** Where orders come from: begins with everything that is desired now, then follows; comes back by itself after a loss. */
public interface OrderSource extends AutoCloseable {

    /** Whether the broker has been heard within the last seconds. */
    boolean isConnected();

    @Override
    void close();

    /** Follows the host's desired topic on its own thread, which calls {@code receiver} in the order of the topic. */
    static OrderSource follow(Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
        return follow(identity, key, Map.of(), receiver);
    }

    /** @param thrift settings of the client that save memory and time where many hosts share a machine */
    static OrderSource follow(
            Identity identity, HostKey key, Map<String, Object> thrift, Consumer<OrderRecord> receiver) {
        return KafkaOrderSource.start(identity, key, thrift, receiver);
    }
}
