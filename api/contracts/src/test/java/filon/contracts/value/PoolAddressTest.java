package filon.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
                "stratum+tcp://1pool.example:1",
                "stratum1+ssl://pool.example.org:443",
                "stratum2+tcp://pool.example.org:34254/9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh",
                "stratum2+ssl://pool.example.org:443",
                "ethproxy+tcp://pool.example.org:8008"
            })
    void readsAndWritesTheSameAddress(String text) {
        assertThat(PoolAddress.of(text)).hasToString(text);
    }

    @Test
    void takesOtherMinersNamesForTls() {
        assertThat(PoolAddress.of("stratum+tls://pool.example.org:443"))
                .hasToString("stratum+ssl://pool.example.org:443");
        assertThat(PoolAddress.of("ethproxy+tls12://pool.example.org:443"))
                .hasToString("ethproxy+ssl://pool.example.org:443");
    }

    @Test
    void saysWhichPoolsAnAlgorithmHasNot() {
        assertThat(Algorithm.SHA256D.obstacle(PoolAddress.of("stratum1+tcp://pool.example.org:3333")))
                .isEmpty();
        assertThat(Algorithm.SHA256D.obstacle(PoolAddress.of("ethproxy+tcp://pool.example.org:3333")))
                .contains("pools of sha256d do not speak ethproxy+tcp");
        assertThat(Algorithm.SHA256D.obstacle(PoolAddress.of("stratum2+tcp://pool.example.org:3333")))
                .hasValueSatisfying(why -> assertThat(why).contains("/KEY"));
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
                "stratum+tcp://pool example:3333",
                "stratum3+tcp://pool.example.org:3333",
                "stratum+tcp://pool.example.org:3333/9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh",
                "stratum2+tcp://pool.example.org:34254/no-base58",
                "stratum2+tcp://pool.example.org:34254/9bXi/9bXi"
            })
    void refusesWhatIsNoPoolAddress(String text) {
        assertThatThrownBy(() -> PoolAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
