package filon.contracts.message;

/** Anything that travels inside an {@link Envelope}; the sealed interfaces of the topics extend it. */
public sealed interface Message
        permits BillingNotice,
                FleetEvent,
                FleetReport,
                LeaseNotice,
                RentalNotice,
                TelemetrySample,
                UsageAcknowledged,
                UsageReport {

    /** The record on the topic that belongs together: same key, same order. */
    String key();
}
