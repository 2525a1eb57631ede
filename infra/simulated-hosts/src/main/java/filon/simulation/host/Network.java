package filon.simulation.host;

import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import filon.agent.enrolment.EnrolmentDesk;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.identity.Provisioning;
import filon.agent.uplink.Uplink;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** What all hosts of a fleet reach the platform through; each under its own identity. */
public interface Network {
    /** For a client that sends some small records a second, and of which there are hundreds in this JVM. */
    Map<String, Object> SENDING = Map.of(
            "buffer.memory", "1048576",
            "batch.size", "8192",
            "send.buffer.bytes", "32768",
            "receive.buffer.bytes", "16384",
            "metric.reporters", "",
            "enable.metrics.push", "false");
    /** For a client that waits for an order every now and then: it comes as soon as it is there, whatever the patience. */
    Map<String, Object> RECEIVING = Map.of(
            "fetch.max.wait.ms", "10000",
            "fetch.max.bytes", "1048576",
            "send.buffer.bytes", "16384",
            "receive.buffer.bytes", "32768",
            "metric.reporters", "",
            "enable.metrics.push", "false");

    EnrolmentDesk desk();

    RenewalDesk renewals();

    default Uplink uplink(Identity identity, HostKey key) {
        return Uplink.connect(identity, key, SENDING);
    }

    default OrderSource orders(Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
        return OrderSource.follow(identity, key, RECEIVING, receiver);
    }

    /** The real one. */
    static Network to(Provisioning provisioning) throws IOException {
        return new Real(EnrolmentDesk.at(provisioning), RenewalDesk.at(provisioning));
    }

    /** The doors are made once: each holds the trust that it was given. */
    record Real(EnrolmentDesk desk, RenewalDesk renewals) implements Network {}
}
