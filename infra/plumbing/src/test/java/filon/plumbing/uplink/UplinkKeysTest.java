package filon.plumbing.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UplinkKeysTest {
    private static final HostId HOST = new HostId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final HostId OTHER = new HostId(UUID.fromString("00000000-0000-4000-8000-00000000000b"));
    private static final String TOPIC = "usage.reports";
    private static final byte[] VALUE = "a report".getBytes(StandardCharsets.UTF_8);
    private final UplinkKeys keys = new UplinkKeys(new byte[32]);

    private Map<String, byte[]> signedBy(HostId signer, HostId named, String key, byte[] value) {
        Map<String, byte[]> headers = new HashMap<>();
        headers.put(UplinkHeaders.HOST, named.toString().getBytes(StandardCharsets.UTF_8));
        headers.put(UplinkHeaders.MAC, UplinkKeys.mac(keys.keyOf(signer), TOPIC, key, value));
        return headers;
    }

    @Test
    void believesAHostThatWritesUnderItsOwnKey() {
        String slot = HOST + "/lease";

        assertThat(keys.refusal(TOPIC, HOST.toString(), signedBy(HOST, HOST, HOST.toString(), VALUE), VALUE))
                .isEmpty();
        assertThat(keys.refusal(TOPIC, slot, signedBy(HOST, HOST, slot, VALUE), VALUE))
                .isEmpty();
    }

    @Test
    void doesNotBelieveAHostThatSpeaksForAnother() {
        assertThat(keys.refusal(TOPIC, OTHER.toString(), signedBy(HOST, OTHER, OTHER.toString(), VALUE), VALUE))
                .get()
                .asString()
                .contains("MAC");
        assertThat(keys.refusal(TOPIC, OTHER.toString(), signedBy(HOST, HOST, OTHER.toString(), VALUE), VALUE))
                .get()
                .asString()
                .contains("key");
    }

    @Test
    void doesNotBelieveChangedBytesOrAnotherTopic() {
        Map<String, byte[]> headers = signedBy(HOST, HOST, HOST.toString(), VALUE);

        assertThat(keys.refusal(TOPIC, HOST.toString(), headers, "A report".getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        assertThat(keys.refusal("fleet.events", HOST.toString(), headers, VALUE))
                .isPresent();
    }

    @Test
    void doesNotBelieveRecordsWithoutHeadersKeyOrValue() {
        Map<String, byte[]> headers = signedBy(HOST, HOST, HOST.toString(), VALUE);

        assertThat(keys.refusal(TOPIC, HOST.toString(), Map.of(), VALUE)).isPresent();
        assertThat(keys.refusal(TOPIC, null, headers, VALUE)).isPresent();
        assertThat(keys.refusal(TOPIC, HOST.toString(), headers, null)).isPresent();
    }

    @Test
    void doesNotBelieveAKeyThatMovesTheBorderOfTheValue() {
        String key = HOST + "/a";
        byte[] value = "b\nc".getBytes(StandardCharsets.UTF_8);

        assertThat(keys.refusal(
                        TOPIC, key + "\nb", signedBy(HOST, HOST, key, value), "c".getBytes(StandardCharsets.UTF_8)))
                .get()
                .asString()
                .contains("line break");
    }

    @Test
    void givesEachHostAKeyOfItsOwn() {
        assertThat(keys.keyOf(HOST)).hasSize(32).isNotEqualTo(keys.keyOf(OTHER));
    }

    @Test
    void givesEachEnrolmentAKeyOfItsOwnAndTheFirstTheOneItAlwaysHad() {
        assertThat(keys.keyOf(HOST, 1)).isEqualTo(keys.keyOf(HOST));
        assertThat(keys.keyOf(HOST, 2)).hasSize(32).isNotEqualTo(keys.keyOf(HOST, 1));
    }

    @Test
    void doesNotBelieveTheKeyOfAnotherEnrolmentThanTheNamed() {
        // Given
        String key = HOST.toString();
        Map<String, byte[]> headers = signedBy(HOST, HOST, key, VALUE);
        headers.put(UplinkHeaders.MAC, UplinkKeys.mac(keys.keyOf(HOST, 2), TOPIC, key, VALUE));

        // Then
        assertThat(keys.refusal(TOPIC, key, headers, VALUE)).isPresent();
        headers.put(UplinkHeaders.ENROLMENT, "2".getBytes(StandardCharsets.UTF_8));
        assertThat(keys.refusal(TOPIC, key, headers, VALUE)).isEmpty();
        headers.put(UplinkHeaders.ENROLMENT, "two".getBytes(StandardCharsets.UTF_8));
        assertThat(keys.refusal(TOPIC, key, headers, VALUE)).get().asString().contains("enrolment");
    }

    @Test
    void refusesASecretOfAnotherLength(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("uplink.secret"), "abc");

        assertThatThrownBy(() -> UplinkKeys.fromFile(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("uplink.secret");
        assertThatThrownBy(() -> new UplinkKeys(new byte[16])).hasMessageContainingAll("32", "16");
    }
}
