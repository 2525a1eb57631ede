package filon.agent.uplink;

import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.contracts.message.UplinkHeaders;
import filon.plumbing.uplink.UplinkLink;
import java.util.Map;

/**
 * Links what one life of the agent says on one topic, and signs each link with the host's key: what is missing, added or said by a copy
 * of this home shows. Belongs to one thread.
 *
 * <p>A signature costs about a millisecond: this is for what is said rarely.
 */
public final class Chain {
    private final Identity identity;
    private final HostKey key;
    private final String topic;
    private UplinkLink next;

    Chain(Identity identity, HostKey key, String topic, long incarnation) {
        this.identity = identity;
        this.key = key;
        this.topic = topic;
        this.next = UplinkLink.first(identity.hostId(), identity.enrolment(), incarnation);
    }

    /** The next link; a record that is sent again is the same one. */
    UplinkRecord append(String recordKey, byte[] value) {
        String sha256 = next.sha256(topic, recordKey, value);
        UplinkRecord record = UplinkRecord.sealed(identity, topic, recordKey, value)
                .with(Map.of(
                        UplinkHeaders.LINK,
                        next.header(),
                        UplinkHeaders.SIGNATURE,
                        key.sign(UplinkLink.signedBytes(sha256))));
        next = next.next(sha256);
        return record;
    }
}
