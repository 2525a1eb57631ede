package filon.mining.pool.stratum2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolDesk;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.UsualTerms;
import filon.mining.pool.noise.Authority;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Stratum2DialectTest {
    private static final String WHERE = "stratum2+tcp://pool.example.com:3336";
    private static final String KEY =
            Authority.draw(new SplittableRandom(1)).key().toString();

    private static PoolDesk desk(String algorithm, String address) {
        PoolTerms terms = UsualTerms.of(ProofsOfWork.of(algorithm), () -> 0);
        List<PoolOrder> orders = List.of(PoolOrder.of(new Pool(PoolAddress.of(address), "me", "x")));
        return new PoolDesk(orders, terms, _ -> {}, (_, _) -> null, Runnable::run, () -> 0);
    }

    @Test
    void isSpokenWhereTheAddressAsksForItAndHasTheKey() {
        assertThatCode(() -> desk("sha256d", WHERE + "/" + KEY)).doesNotThrowAnyException();
    }

    @Test
    void isSpokenByItsOwnSchemeAndFamilyAlone() {
        Stratum2Dialect dialect = new Stratum2Dialect();

        assertThat(PoolAddress.Scheme.values())
                .filteredOn(scheme -> dialect.speaks(PoolProtocol.STRATUM, scheme))
                .containsExactly(PoolAddress.Scheme.STRATUM2_TCP);
        assertThat(Arrays.stream(PoolProtocol.values())
                        .filter(protocol -> dialect.speaks(protocol, PoolAddress.Scheme.STRATUM2_TCP)))
                .containsExactly(PoolProtocol.STRATUM);
    }

    @Test
    void refusesAnAddressWithoutTheKeyAndNamesTheForm() {
        assertThatThrownBy(() -> desk("sha256d", WHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pool address " + WHERE + " lacks the key of the pool's authority: "
                        + "stratum2+tcp://host:port/KEY, as the pool publishes it");
    }

    @Test
    void refusesAKeyThatIsNone() {
        String wrong = KEY.substring(0, KEY.length() - 1) + (KEY.endsWith("1") ? "2" : "1");

        assertThatThrownBy(() -> desk("sha256d", WHERE + "/" + wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pool address " + WHERE + "/" + wrong + ": authority key: ");
    }

    @Test
    void refusesScryptWhosePoolsSpeakStratumToo() {
        assertThatThrownBy(() -> desk("scrypt", WHERE + "/" + KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pools of scrypt do not speak Stratum V2, which is for sha256d alone, but " + WHERE + "/"
                        + KEY + " asks for it");
    }
}
