package filon.contracts.message;

import filon.contracts.value.HostId;
import java.util.List;

/**
 * Every Kafka topic of the platform, and the only list of them.
 *
 * <p>One topic carries one sealed interface: the ordered story of one key. Partitions and retention are data in
 * {@code infra/kafka/topics.json}; a test compares that file with this list.
 */
public final class Topics {
    /** {@link RentalNotice}, key = rental id; written by the API. */
    public static final String RENTAL_NOTICES = "rental.notices";
    /** {@link BillingNotice}, key = customer id (prices: the offer); written by billing. */
    public static final String BILLING_NOTICES = "billing.notices";
    /** {@link LeaseNotice}, key = rental id; written by provisioning. */
    public static final String LEASE_NOTICES = "lease.notices";
    /** {@link FleetReport}, compacted, key = host id / slot; written by agents. */
    public static final String FLEET_REPORTED = "fleet.reported";
    /** {@link TelemetrySample}, key = host id; written by agents. */
    public static final String FLEET_TELEMETRY = "fleet.telemetry";
    /** {@link FleetEvent}, key = host id; written by agents. */
    public static final String FLEET_EVENTS = "fleet.events";
    /** {@link UsageReport}, key = host id; written by agents, read by billing. */
    public static final String USAGE_REPORTS = "usage.reports";
    /** {@link UsageAcknowledged}, compacted, key = host id; written by billing, relayed to the host by provisioning. */
    public static final String USAGE_ACKS = "usage.acks";
    /** Usage reports that billing refused, byte for byte, with the reason in a header. */
    public static final String USAGE_QUARANTINE = "usage.quarantine";
    /** Records that a consumer could not use, byte for byte, with the reason in a header. */
    public static final String DEAD_LETTERS = "dead.letters";

    private Topics() {}

    /** The fixed topics, without those of single hosts. */
    public static List<String> fixed() {
        return List.of(
                RENTAL_NOTICES,
                BILLING_NOTICES,
                LEASE_NOTICES,
                FLEET_REPORTED,
                FLEET_TELEMETRY,
                FLEET_EVENTS,
                USAGE_REPORTS,
                USAGE_ACKS,
                USAGE_QUARANTINE,
                DEAD_LETTERS);
    }

    /** {@link SignedOrder}, compacted, one partition, key = slot: what should be true on one host. */
    public static String desired(HostId host) {
        return "agent." + host + ".desired";
    }

    /** Short-lived hints for one host, kept 24 hours. */
    public static String actions(HostId host) {
        return "agent." + host + ".actions";
    }

    /** The name of a host's agent as the source of messages, and the Kafka principal of its first enrolment. */
    public static String principal(HostId host) {
        return "agent-" + host;
    }

    /**
     * The Kafka principal of one enrolment of a host, the common name of its certificates: each enrolment has rights of its own, so
     * that keys of an earlier one open nothing.
     *
     * @param enrolment 1 for the first, whose principal has no number
     */
    public static String principal(HostId host, int enrolment) {
        return enrolment == 1 ? principal(host) : principal(host) + "-" + enrolment;
    }
}
