package filon.contracts.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
                "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1",
                "::127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fc00::1", "fe80::1", "ff02::1",
                "2001:db8::1"
            })
    void refusesAddressesThatAreNotPublic(String address) {
        assertThat(AddressRules.publicOnly().refusal(InetAddress.ofLiteral(address)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2002:808:808::"})
    void permitsPublicAddresses(String address) {
        assertThat(AddressRules.publicOnly().refusal(InetAddress.ofLiteral(address)))
                .isEmpty();
    }

    @Test
    void permitsWhatTheOperatorAllows() throws ForbiddenAddressException {
        // Given
        AddressRules rules = AddressRules.publicOnly().allowing(List.of("127.0.0.1/32"));

        // When
        InetAddress permitted = rules.permit("127.0.0.1");

        // Then
        assertThat(permitted.getHostAddress()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> rules.permit("127.0.0.2"))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("127.0.0.0/8");
    }

    @Test
    void refusesRangesThatAreNotNumeric() {
        assertThatThrownBy(() -> AddressRange.of("localhost/8")).hasMessageContaining("localhost/8");
        assertThatThrownBy(() -> AddressRange.of("10.0.0.0/33")).hasMessageContaining("0 to 32");
    }
}
