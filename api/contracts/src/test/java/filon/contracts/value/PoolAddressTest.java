package filon.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "stratum+tcp://pool.example.org:3333",
                "stratum+ssl://pool.example.org:443",
                "stratum+tcp://127.0.0.1:18088",
                "stratum+tcp://[2001:db8::1]:3333",
                "stratum+tcp://1pool.example:1"
            })
    void readsAndWritesTheSameAddress(String text) {
        assertThat(PoolAddress.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pool.example.org:3333",
                "http://pool.example.org:3333",
                "stratum+tcp://user@pool.example.org:3333",
                "stratum+tcp://pool.example.org",
                "stratum+tcp://pool.example.org:0",
                "stratum+tcp://pool.example.org:65536",
                "stratum+tcp://pool.example.org:3333/path",
                "stratum+tcp://-bad.example.org:3333",
                "stratum+tcp://2130706433:3333",
                "stratum+tcp://127.1:3333",
                "stratum+tcp://0177.0.0.1:3333",
                "stratum+tcp://0x7f000001:3333",
                "stratum+tcp://a..b:3333",
                "stratum+tcp://pool example:3333"
            })
    void refusesWhatIsNoPoolAddress(String text) {
        assertThatThrownBy(() -> PoolAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
