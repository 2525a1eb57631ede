package filon.mining.pool.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineMessageTest {
    private static final List<String> HONEST = List.of(
            "{\"id\":2,\"result\":[[[\"mining.set_difficulty\",\"s1\"],[\"mining.notify\",\"s1\"]],\"08000000\",4],\"error\":null}",
            "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[0.02]}",
            "{\"id\":4,\"result\":null,\"error\":[21,\"job not found\",null]}",
            "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"1\",\"00\",\"01\",\"02\",[],\"20000000\",\"207fffff\",\"6b00aee7\",true]}");

    private static LineMessage.Reply reply(String line) {
        return (LineMessage.Reply) LineMessage.of(line);
    }

    @Test
    void understandsErrorsOfTwoThreeAndNoElementsObjectsAndTexts() {
        assertThat(reply("{\"id\":1,\"result\":null,\"error\":[21,\"late\",null]}")
                        .error())
                .contains(new PoolError(21, "late"));
        assertThat(reply("{\"id\":1,\"result\":null,\"error\":[22,\"twice\"]}").error())
                .contains(new PoolError(22, "twice"));
        assertThat(reply("{\"id\":1,\"error\":[]}").error()).contains(new PoolError(20, ""));
        assertThat(reply("{\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}")
                        .error())
                .contains(new PoolError(-1, "no"));
        assertThat(reply("{\"id\":1,\"error\":\"nope\"}").error()).contains(new PoolError(20, "nope"));
    }

    @Test
    void takesAnIdThatIsAText() {
        assertThat(reply("{\"id\":\"17\",\"result\":true,\"error\":null}").id()).hasValue(17);
        assertThat(reply("{\"id\":{},\"result\":true}").id()).isEmpty();
        assertThat(reply("{\"id\":99999999999999999999,\"result\":true}").id()).isEmpty();
    }

    @Test
    void callsOnlyAPlainTrueWithoutErrorTrue() {
        assertThat(reply("{\"id\":1,\"result\":true,\"error\":null}").isTrue()).isTrue();
        assertThat(reply("{\"id\":1,\"result\":true}").isTrue()).isTrue();
        assertThat(reply("{\"id\":1,\"result\":false,\"error\":null}").isTrue()).isFalse();
        assertThat(reply("{\"id\":1,\"result\":\"true\",\"error\":null}").isTrue())
                .isFalse();
        assertThat(reply("{\"id\":1,\"result\":true,\"error\":[20,\"x\"]}").isTrue())
                .isFalse();
        assertThat(reply("{\"id\":1,\"result\":null,\"error\":null}").isTrue()).isFalse();
    }

    @Test
    void stripsControlCharactersFromAPoolsText() {
        String text = reply("{\"id\":1,\"error\":[20,\"a\\u001b[31mb\\u202ec\"]}")
                .error()
                .orElseThrow()
                .text();

        assertThat(text).isEqualTo("a?[31mb?c");
    }

    @Test
    void survivesHostileLines() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String line = MutatedLine.of(HONEST.get(random.nextInt(HONEST.size())), random);

            assertThat(LineMessage.of(line)).as("seed %d line %s", seed, line).isNotNull();
        }
    }

    @Test
    void survivesDeepNestingAndEndlessNumbers() {
        assertThat(LineMessage.of("[".repeat(100_000))).isInstanceOf(LineMessage.Unusable.class);
        assertThat(LineMessage.of("{\"id\":" + "9".repeat(100_000) + "}")).isInstanceOf(LineMessage.Unusable.class);
        assertThat(LineMessage.of("")).isInstanceOf(LineMessage.Unusable.class);
        assertThat(LineMessage.of("{} {}")).isInstanceOf(LineMessage.Unusable.class);
    }
}
