package filon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void areNineInARow() {
        Ports ports = new Ports(18_080);

        assertThat(Stream.of(
                        ports.api(),
                        ports.keycloak(),
                        ports.provisioning(),
                        ports.billing(),
                        ports.postgres(),
                        ports.kafka(),
                        ports.kafkaAgents(),
                        ports.kafkaController(),
                        ports.pool()))
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 18_080 && port < 18_080 + Ports.COUNT);
    }

    @Test
    void refusesABaseThatLeavesTheRangeAndNamesTheLimits() {
        assertThatThrownBy(() -> new Ports(65_530)).hasMessageContainingAll("65530", "1024", "65527");
        assertThatThrownBy(() -> new Ports(80)).hasMessageContaining("80");
    }

    @Test
    void namesThePartWhosePortIsTaken() throws Exception {
        Ports free = Ports.free(41_000);
        try (ServerSocket other = new ServerSocket(free.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.taken()).containsExactly(java.util.Map.entry(other.getLocalPort(), "kafka"));
        }
    }
}
