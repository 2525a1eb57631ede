package filon.provisioning.authority;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.HostOrder;
import filon.contracts.message.SignedOrder;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderSignerTest {
    private final HostOrder order = new HostOrder.TrimUsage(HostId.of(UUID.randomUUID()), 7, 1, 42);

    @TempDir
    Path directory;

    private Authority authority;

    @BeforeEach
    void open() throws IOException {
        authority = Authority.open(directory, Clock.systemUTC());
    }

    @Test
    void whatIsSignedCanBeVerifiedAndReadAgain() throws Exception {
        // When
        SignedOrder signed = authority.signer().sign(order);

        // Then
        assertThat(isGenuine(signed)).isTrue();
        assertThat(MessageCodec.parse(signed.order(), HostOrder.class)).isEqualTo(order);
        assertThat(signed.keyId())
                .isEqualTo(authority.controlPlaneKey().keyId())
                .matches("[0-9a-f]{16}");
    }

    @Test
    void aChangedOrderIsNotGenuine() throws Exception {
        // Given
        SignedOrder signed = authority.signer().sign(order);

        // When
        SignedOrder tampered = new SignedOrder(signed.order().replace("42", "43"), signed.keyId(), signed.signature());

        // Then
        assertThat(tampered.order()).isNotEqualTo(signed.order());
        assertThat(isGenuine(tampered)).isFalse();
    }

    @Test
    void theSignatureCoversTheContext() throws Exception {
        // Given
        SignedOrder signed = authority.signer().sign(order);

        // When
        Signature withoutContext = verifier();
        withoutContext.update(signed.order().getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(withoutContext.verify(Base64.getDecoder().decode(signed.signature())))
                .isFalse();
    }

    @Test
    void signsWithTheSameKeyAfterARestart() throws IOException {
        // When
        Authority again = Authority.open(directory, Clock.systemUTC());

        // Then
        assertThat(again.controlPlaneKey()).isEqualTo(authority.controlPlaneKey());
        assertThat(again.signer().sign(order)).isEqualTo(authority.signer().sign(order));
    }

    private boolean isGenuine(SignedOrder signed) throws GeneralSecurityException, IOException {
        Signature verifier = verifier();
        verifier.update((SignedOrder.SIGNING_CONTEXT + signed.order()).getBytes(StandardCharsets.UTF_8));
        return verifier.verify(Base64.getDecoder().decode(signed.signature()));
    }

    private Signature verifier() throws GeneralSecurityException, IOException {
        PublicKey key = Pem.publicKey(authority.controlPlaneKey().publicKeyPem());
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        return verifier;
    }
}
