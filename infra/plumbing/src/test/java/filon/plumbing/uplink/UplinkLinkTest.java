package filon.plumbing.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UplinkLinkTest {
    private final HostId host = HostId.of(UUID.randomUUID());
    private final UplinkLink first = UplinkLink.first(host, 2, 1_000_001);

    @Test
    void isReadAsItWasWritten() {
        // Given
        UplinkLink second = first.next(first.sha256("topic", "key", new byte[] {1}));

        // Then
        for (UplinkLink link : new UplinkLink[] {first, second}) {
            assertThat(UplinkLink.of(host, 2, Map.of(UplinkHeaders.LINK, link.header())))
                    .contains(link);
        }
    }

    @Test
    void itsHashCoversAllThatItSays() {
        // Given
        UplinkLink second = first.next("a".repeat(64));
        byte[] value = {1};

        // Then
        assertThat(Stream.of(
                        second.sha256("topic", "key", value),
                        second.sha256("other", "key", value),
                        second.sha256("topic", "other", value),
                        second.sha256("topic", "key", new byte[] {2}),
                        second.sha256("topic", "key\n", value),
                        first.sha256("topic", "key", value),
                        first.next("b".repeat(64)).sha256("topic", "key", value),
                        second.next("a".repeat(64)).sha256("topic", "key", value),
                        UplinkLink.first(host, 1, 1_000_001)
                                .next("a".repeat(64))
                                .sha256("topic", "key", value),
                        UplinkLink.first(host, 2, 1_000_002)
                                .next("a".repeat(64))
                                .sha256("topic", "key", value),
                        UplinkLink.first(HostId.of(UUID.randomUUID()), 2, 1_000_001)
                                .next("a".repeat(64))
                                .sha256("topic", "key", value)))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void whatIsNoPlaceInAChainIsNotRead() {
        for (String header : new String[] {
            "",
            "hello",
            "1/1",
            "0/1/" + "0".repeat(64),
            "1/0/" + "0".repeat(64),
            "1/2/" + "0".repeat(64),
            "1/1/" + "a".repeat(64),
            "1/1/" + "0".repeat(63),
            "-1/1/" + "0".repeat(64),
            "9999999999999999999/1/" + "0".repeat(64)
        }) {
            assertThat(UplinkLink.of(host, 1, Map.of(UplinkHeaders.LINK, header.getBytes(StandardCharsets.UTF_8))))
                    .as(header)
                    .isEmpty();
        }
        assertThat(UplinkLink.of(host, 1, Map.of())).isEmpty();
    }

    @Test
    void aSecondLinkFollowsSomething() {
        assertThatThrownBy(() -> new UplinkLink(host, 1, 1, 2, "0".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("link 2 cannot follow");
    }
}
