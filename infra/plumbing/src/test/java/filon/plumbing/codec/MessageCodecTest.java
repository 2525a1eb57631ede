package filon.plumbing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.Envelope;
import filon.contracts.message.RentalNotice;
import filon.contracts.value.RentalId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final Envelope ENDING = Envelope.of(
            UUID.fromString("00000000-0000-4000-8000-000000000001"),
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "api",
            7,
            new RentalNotice.Ending(RentalId.of("00000000-0000-4000-8000-000000000002"), "asked"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatItWrote() throws Exception {
        assertThat(MessageCodec.decode(MessageCodec.encode(ENDING))).isEqualTo(ENDING);
    }

    @Test
    void writesTimesAsText() {
        assertThat(new String(MessageCodec.encode(ENDING), StandardCharsets.UTF_8))
                .contains("\"occurredAt\":\"2026-01-02T03:04:05.678Z\"");
    }

    @Test
    void ignoresFieldsOfTheFuture() throws Exception {
        String later = new String(MessageCodec.encode(ENDING), StandardCharsets.UTF_8)
                .replace("\"reason\"", "\"colour\":\"blue\",\"reason\"")
                .replace("\"source\"", "\"trace\":{\"a\":1},\"source\"");

        assertThat(MessageCodec.decode(bytes(later))).isEqualTo(ENDING);
    }

    @Test
    void refusesNamesOfTheFuture() {
        String later = new String(MessageCodec.encode(ENDING), StandardCharsets.UTF_8)
                .replace("rental.ending.v1", "rental.ending.v2");

        assertThatThrownBy(() -> MessageCodec.decode(bytes(later)))
                .isInstanceOf(UnusableMessageException.class)
                .hasMessageContaining("rental.ending.v2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"name\":7}", "{\"name\":\"rental.ending.v1\"}", "\u0000", "nonsense"})
    void refusesWhatIsNoMessageInOneLine(String text) {
        assertThatThrownBy(() -> MessageCodec.decode(bytes(text)))
                .isInstanceOf(UnusableMessageException.class)
                .satisfies(
                        refusal -> assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void refusesATombstone() {
        assertThatThrownBy(() -> MessageCodec.decode(null)).isInstanceOf(UnusableMessageException.class);
    }

    @Test
    void survivesNestingWithoutEnd() {
        assertThatThrownBy(() -> MessageCodec.decode(bytes("[".repeat(200_000))))
                .isInstanceOf(UnusableMessageException.class);
    }
}
