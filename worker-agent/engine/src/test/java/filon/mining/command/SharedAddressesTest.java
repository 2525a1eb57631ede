package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.wire.TestNames;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedAddressesTest {
    private static List<PoolOrder> pools(String... hosts) {
        return Stream.of(hosts)
                .map(host -> PoolOrder.of(new Pool(PoolAddress.of("stratum+tcp://" + host + ":3333"), "me", "x")))
                .toList();
    }

    @Test
    void findsTwoNamesOfOneAddress() {
        // Given
        String first = TestNames.of("127.0.0.1", "127.0.0.2");
        String second = TestNames.of("127.0.0.3", "127.0.0.2");

        // Then
        assertThat(SharedAddresses.doubts(pools(first, second)))
                .containsExactly("hosts " + first + " and " + second
                        + " are both 127.0.0.2; when it fails, the pools of both do");
    }

    @Test
    void findsNothingWhereHostsDifferOrOneIsUnknown() {
        assertThat(SharedAddresses.doubts(pools(TestNames.of("127.0.0.1"), "127.0.0.2", "127.0.0.2", "nobody.test")))
                .isEmpty();
    }
}
