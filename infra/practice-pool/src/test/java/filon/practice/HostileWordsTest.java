package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("whatever a miner says")
class HostileWordsTest {
    private static final int LINES = 3_000;
    private static final List<String> METHODS = List.of(
            "mining.subscribe",
            "mining.authorize",
            "mining.submit",
            "mining.configure",
            "mining.extranonce.subscribe",
            "mining.hello",
            "mining.noop",
            "mining.hashrate",
            "mining.bye",
            "eth_submitLogin",
            "eth_getWork",
            "eth_submitWork",
            "eth_submitHashrate",
            "x");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "-1",
            "1e999",
            "99999999999999999999999999",
            "\"\"",
            "\"w\"",
            "\"w-1\"",
            "\"1\"",
            "\"00000001\"",
            "\"0x\"",
            "\"0x0000000000000000\"",
            "\"0x" + "ab".repeat(32) + "\"",
            "\"" + "ff".repeat(24) + "\"",
            "\"\\u0000\"",
            "\"EthereumStratum/1.0.0\"",
            "[\"version-rolling\",\"minimum-difficulty\",7]",
            "{\"version-rolling.mask\":\"zz\",\"minimum-difficulty.value\":1e300}",
            "{\"proto\":\"EthereumStratum/2.0.0\"}",
            "{\"jobId\":\"1\",\"fromGroup\":0,\"toGroup\":0,\"nonce\":\"" + "0".repeat(48) + "\",\"worker\":\"w\"}");

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "STRATUM2")
    void itEndsNothingButItsConnection(Dialect dialect) {
        // Given
        long seed = 20_260_101;
        System.out.println("seed " + seed + ", dialect " + dialect.text());
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = scene(dialect);
        Wiretap calm = scene.miner();
        Wiretap hostile = scene.miner();

        // When
        for (int i = 0; i < LINES; i++) {
            if (hostile.ending().isPresent()) {
                hostile = scene.miner();
            }
            hostile.link().fromMiner(line(random).getBytes(StandardCharsets.UTF_8));
        }

        // Then
        assertThat(calm.ending()).isEmpty();
        assertThat(calm.say(
                        "{\"id\":0,\"method\":\"mining.hello\",\"params\":{\"proto\":\"EthereumStratum/2.0.0\"}}",
                        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}"))
                .isNotEmpty();
    }

    private static Scene scene(Dialect dialect) {
        var algorithm = ProofsOfWork.all().stream()
                .filter(one -> dialect.speaks(one))
                .findFirst()
                .orElseThrow()
                .reduced();
        return new Scene(Plan.of(algorithm, dialect, 1e-9));
    }

    /** A request with parameters of any kind, now and then cut off or broken. */
    private static String line(SplittableRandom random) {
        StringBuilder params = new StringBuilder();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            params.append(i == 0 ? "" : ",").append(VALUES.get(random.nextInt(VALUES.size())));
        }
        String list = random.nextInt(4) == 0 ? VALUES.get(random.nextInt(VALUES.size())) : "[" + params + "]";
        String line = "{\"id\":" + VALUES.get(random.nextInt(VALUES.size())) + ",\"method\":\""
                + METHODS.get(random.nextInt(METHODS.size())) + "\",\"params\":" + list + "}";
        return switch (random.nextInt(40)) {
            case 0 -> line.substring(0, random.nextInt(line.length())) + "\n";
            case 1 -> line.replace('"', '\'') + "\n";
            default -> line + "\n";
        };
    }
}
