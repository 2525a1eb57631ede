package filon.agent.uplink;

import filon.agent.identity.Identity;
import filon.plumbing.uplink.UplinkKeys;

/** A record ready to leave: its MAC says that it is this host's, whatever topic access others have. */
public record UplinkRecord(String topic, String key, byte[] value, String host, int enrolment, byte[] mac) {
    public static UplinkRecord sealed(Identity identity, String topic, String key, byte[] value) {
        byte[] mac = UplinkKeys.mac(identity.uplinkKeyBytes(), topic, key, value);
        return new UplinkRecord(topic, key, value, identity.hostId().toString(), identity.enrolment(), mac);
    }
}
