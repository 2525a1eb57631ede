package filon.provisioning.enrolment;

import filon.contracts.value.HostId;
import java.util.List;

/**
 * What a host gets for its token, and with each renewal.
 *
 * @param enrolment which enrolment of the host this is, 1, 2, ...
 * @param certificate PEM; its common name is the host's Kafka principal
 * @param ca PEM of the internal authority
 * @param brokers {@code host:port} of the agents' listener
 * @param controlPlaneKeys PEM of the Ed25519 keys that sign orders
 * @param uplinkKey the MAC key of this enrolment, 64 hex digits
 * @param topics the host's own topics, which are made while it reads this
 */
public record Enrolled(
        HostId hostId,
        String name,
        String site,
        int enrolment,
        String certificate,
        String ca,
        List<String> brokers,
        List<String> controlPlaneKeys,
        String uplinkKey,
        List<String> topics) {
    public Enrolled {
        brokers = List.copyOf(brokers);
        controlPlaneKeys = List.copyOf(controlPlaneKeys);
        topics = List.copyOf(topics);
    }

    /** Never shows the uplink key. */
    @Override
    public String toString() {
        return "host " + hostId + " " + name + " at " + site;
    }
}
