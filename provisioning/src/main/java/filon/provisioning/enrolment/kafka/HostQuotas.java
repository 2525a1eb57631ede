package filon.provisioning.enrolment.kafka;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaAlteration.Op;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What one host may take of each broker: who takes more is delayed by the broker, and nobody else is.
 *
 * <p>Without rights a host keeps a quota, the least one: its certificate opens connections until it ends, and what it asks there in vain
 * costs the broker, too.
 */
@ApplicationScoped
class HostQuotas {
    private static final Quota LEAST = new Quota(1_024, 1_024, 1);
    private final Quota inForce;

    /**
     * @param writtenBytes a second
     * @param readBytes a second
     * @param requestPercent of one broker thread's time; a broker with six threads has 600
     */
    record Quota(long writtenBytes, long readBytes, int requestPercent) {
        private static final int REQUEST_PERCENT_MAX = 100;

        /** @throws IllegalArgumentException if a host could do nothing, or hold a thread all the time */
        Quota {
            if (writtenBytes < 1_024 || readBytes < 1_024) {
                throw new IllegalArgumentException("quotas of " + writtenBytes + " bytes to write and " + readBytes
                        + " to read a second leave a host less than 1024");
            }
            if (requestPercent < 1 || requestPercent > REQUEST_PERCENT_MAX) {
                throw new IllegalArgumentException(
                        "filon.enrolment.request-percent of " + requestPercent + " is not within 1 to 100");
            }
        }

        private List<Op> operations() {
            return List.of(
                    new Op("producer_byte_rate", (double) writtenBytes),
                    new Op("consumer_byte_rate", (double) readBytes),
                    new Op("request_percentage", (double) requestPercent));
        }
    }

    HostQuotas(
            @ConfigProperty(name = "filon.enrolment.written-bytes-per-second") long writtenBytes,
            @ConfigProperty(name = "filon.enrolment.read-bytes-per-second") long readBytes,
            @ConfigProperty(name = "filon.enrolment.request-percent") int requestPercent) {
        this.inForce = new Quota(writtenBytes, readBytes, requestPercent);
    }

    /** The quota of the enrolment that is in force. */
    List<ClientQuotaAlteration> of(HostId host, int enrolment) {
        return List.of(alteration(host, enrolment, inForce));
    }

    /** What is left to the first enrolments, none for 0. */
    List<ClientQuotaAlteration> withoutRights(HostId host, int through) {
        return IntStream.rangeClosed(1, through)
                .mapToObj(enrolment -> alteration(host, enrolment, LEAST))
                .toList();
    }

    private static ClientQuotaAlteration alteration(HostId host, int enrolment, Quota quota) {
        ClientQuotaEntity user =
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, Topics.principal(host, enrolment)));
        return new ClientQuotaAlteration(user, quota.operations());
    }
}
