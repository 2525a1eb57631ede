package filon.agent.uplink;

import filon.agent.identity.Identity;
import filon.contracts.message.UplinkHeaders;
import filon.plumbing.uplink.UplinkKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A record ready to leave: its MAC says that it is this host's, whatever topic access others have. */
public record UplinkRecord(String topic, String key, byte[] value, Map<String, byte[]> headers) {
    public UplinkRecord {
        headers = Map.copyOf(headers);
    }

    public static UplinkRecord sealed(Identity identity, String topic, String key, byte[] value) {
        return new UplinkRecord(
                topic,
                key,
                value,
                Map.of(
                        UplinkHeaders.HOST,
                        identity.hostId().toString().getBytes(StandardCharsets.UTF_8),
                        UplinkHeaders.ENROLMENT,
                        Integer.toString(identity.enrolment()).getBytes(StandardCharsets.UTF_8),
                        UplinkHeaders.MAC,
                        UplinkKeys.mac(identity.uplinkKeyBytes(), topic, key, value)));
    }

    UplinkRecord with(Map<String, byte[]> more) {
        Map<String, byte[]> all = new HashMap<>(headers);
        all.putAll(more);
        return new UplinkRecord(topic, key, value, all);
    }
}
