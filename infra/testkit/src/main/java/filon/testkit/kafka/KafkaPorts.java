package filon.testkit.kafka;

import filon.testkit.Ports;
import java.util.List;

/**
 * The ports of one broker on 127.0.0.1.
 *
 * @param internal for services, SCRAM
 * @param agents for agents, mutual TLS
 * @param controller for the broker itself
 */
public record KafkaPorts(int internal, int agents, int controller) {
    /** Three free ones. */
    public static KafkaPorts free() {
        List<Integer> free = Ports.free(3);
        return new KafkaPorts(free.get(0), free.get(1), free.get(2));
    }

    List<Integer> all() {
        return List.of(internal, agents, controller);
    }
}
