package filon.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import filon.agent.control.ControlPlane;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import filon.plumbing.uplink.UplinkLink;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainTest {
    private final HostKey key = HostKey.generate();
    private final Identity identity = new Identity(
            HostId.of(UUID.randomUUID()),
            "certificate",
            "ca",
            List.of("127.0.0.1:9094"),
            List.of(new ControlPlane().publicKey()),
            "0f".repeat(32),
            2);

    @Test
    void eachRecordFollowsTheOneBeforeItAndIsSigned() throws GeneralSecurityException {
        // Given
        Chain chain = new Chain(identity, key, Topics.FLEET_EVENTS, 1_000_001);
        UplinkLink expected = UplinkLink.first(identity.hostId(), 2, 1_000_001);

        for (int i = 0; i < 3; i++) {
            // When
            byte[] value = {(byte) i};
            UplinkRecord record = chain.append("key", value);

            // Then
            String sha256 = expected.sha256(Topics.FLEET_EVENTS, "key", value);
            assertThat(UplinkLink.of(identity.hostId(), 2, record.headers())).contains(expected);
            assertThat(isSigned(record, sha256)).isTrue();
            assertThat(record.headers()).containsKeys(UplinkHeaders.MAC, UplinkHeaders.HOST, UplinkHeaders.ENROLMENT);
            expected = expected.next(sha256);
        }
    }

    @Test
    void aSignatureIsForOnePlaceInOneChain() throws GeneralSecurityException {
        // Given
        UplinkRecord first = new Chain(identity, key, Topics.FLEET_EVENTS, 1).append("key", new byte[] {1});

        // When
        UplinkLink elsewhere = UplinkLink.first(identity.hostId(), 2, 2);

        // Then
        assertThat(isSigned(first, elsewhere.sha256(Topics.FLEET_EVENTS, "key", first.value())))
                .isFalse();
    }

    private boolean isSigned(UplinkRecord record, String sha256) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(key.publicKey());
        verifier.update(UplinkLink.signedBytes(sha256));
        return verifier.verify(record.headers().get(UplinkHeaders.SIGNATURE));
    }
}
