package filon.mining.pool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StratumMessageTest {
    private static final List<String> HONEST = List.of(
            "{\"id\":2,\"result\":[[[\"mining.set_difficulty\",\"s1\"],[\"mining.notify\",\"s1\"]],\"08000000\",4],\"error\":null}",
            "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[0.02]}",
            "{\"id\":4,\"result\":null,\"error\":[21,\"job not found\",null]}",
            "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"1\",\"00\",\"01\",\"02\",[],\"20000000\",\"207fffff\",\"6b00aee7\",true]}");

    private static StratumMessage.Reply reply(String line) {
        return (StratumMessage.Reply) StratumMessage.of(line);
    }

    @Test
    void understandsErrorsOfTwoThreeAndNoElementsObjectsAndTexts() {
        assertThat(reply("{\"id\":1,\"result\":null,\"error\":[21,\"late\",null]}")
                        .error())
                .contains(new StratumMessage.StratumError(21, "late"));
        assertThat(reply("{\"id\":1,\"result\":null,\"error\":[22,\"twice\"]}").error())
                .contains(new StratumMessage.StratumError(22, "twice"));
        assertThat(reply("{\"id\":1,\"error\":[]}").error()).contains(new StratumMessage.StratumError(20, ""));
        assertThat(reply("{\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}")
                        .error())
                .contains(new StratumMessage.StratumError(-1, "no"));
        assertThat(reply("{\"id\":1,\"error\":\"nope\"}").error())
                .contains(new StratumMessage.StratumError(20, "nope"));
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
            String line = mutated(HONEST.get(random.nextInt(HONEST.size())), random);

            assertThat(StratumMessage.of(line))
                    .as("seed %d line %s", seed, line)
                    .isNotNull();
        }
    }

    @Test
    void survivesDeepNestingAndEndlessNumbers() {
        assertThat(StratumMessage.of("[".repeat(100_000))).isInstanceOf(StratumMessage.Unusable.class);
        assertThat(StratumMessage.of("{\"id\":" + "9".repeat(100_000) + "}"))
                .isInstanceOf(StratumMessage.Unusable.class);
        assertThat(StratumMessage.of("")).isInstanceOf(StratumMessage.Unusable.class);
        assertThat(StratumMessage.of("{} {}")).isInstanceOf(StratumMessage.Unusable.class);
    }

    static String mutated(String line, SplittableRandom random) {
        StringBuilder text = new StringBuilder(line);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, (char) random.nextInt(0x250));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
                case 2 ->
                    text.insert(
                            at,
                            List.of("null", "-1", "1e999999999", "{", "[", "\"", "0.5", "\\u0000")
                                    .get(random.nextInt(8)));
                default -> text.insert(at, text.substring(0, Math.min(at, 40)));
            }
        }
        return text.toString();
    }
}
