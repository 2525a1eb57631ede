package filon.mining.pool;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the dialects of algorithms whose pools speak one only. */
class DialectsTest {
    private static List<PoolDialect> speakers(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return ServiceLoader.load(PoolDialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(dialect -> dialect.speaks(protocol, scheme))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROGPOW", "ERGO", "ALEPHIUM", "KASPA"})
    void findsOneDialectForEachSchemeOfStratum(PoolProtocol protocol) {
        for (PoolAddress.Scheme scheme : PoolAddress.Scheme.values()) {
            boolean isStratum =
                    switch (scheme) {
                        case STRATUM_TCP, STRATUM_SSL, STRATUM1_TCP, STRATUM1_SSL -> true;
                        case STRATUM2_TCP, STRATUM2_SSL, ETHPROXY_TCP, ETHPROXY_SSL -> false;
                    };

            List<PoolDialect> speakers = speakers(protocol, scheme);

            assertThat(speakers).as(scheme.name()).hasSize(isStratum ? 1 : 0);
            assertThat(speakers).allMatch(dialect -> dialect.rank() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kawpow", "autolykos2", "blake3", "kheavyhash"})
    void asksAPoolThatHungUpForNothingItNeedNotKnow(String name) throws IOException {
        ProofOfWork algorithm = ProofsOfWork.of(name);
        PoolDialect dialect =
                speakers(algorithm.protocol(), PoolAddress.Scheme.STRATUM_TCP).getFirst();
        PoolMemory memory = new PoolMemory();
        memory.hungUpEarly();
        Dialogue shy = new Dialogue(Dialogue.Setting.of(algorithm, dialect, "stratum+tcp://pool.example.com:3333")
                .with(memory));

        shy.open();

        assertThat(shy.miner()).hasSize(1).noneMatch(line -> line.contains("extranonce"));
    }
}
