package filon.mining.pool.hostile;

import static filon.mining.pool.PoolLines.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.alephium.AlephiumDialect;
import filon.mining.pool.ergo.ErgoDialect;
import filon.mining.pool.ethereum2.Ethereum2Dialect;
import filon.mining.pool.etherstratum.EtherstratumDialect;
import filon.mining.pool.ethproxy.EthproxyDialect;
import filon.mining.pool.kaspa.KaspaDialect;
import filon.mining.pool.kawpow.KawpowDialect;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.nicehash.NicehashDialect;
import filon.mining.pool.stratum.StratumDialect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of every message that pools of a dialect send, each replaced by each of some that no honest pool sends. */
class HostileFieldsTest {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final int TEXT_LENGTH_MAX = 1_100;
    private static final String HASH = "5a".repeat(32);
    private static final String SEED = "00".repeat(32);
    private static final String TRUE = "\"result\":true,\"error\":null}";

    private static final List<String> HOSTILE = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "0.5",
            "2147483647",
            "2147483648",
            "4294970629",
            "-2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551616",
            "9".repeat(999),
            "-" + "9".repeat(900),
            "1e400",
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "1e2147483647",
            text(""),
            text("0"),
            text("-1"),
            text("abc"),
            text("NaN"),
            text("0x"),
            text("-0x1"),
            text("0x0x00"),
            text("1e999999999"),
            text("9".repeat(20_000)),
            text("00".repeat(32)),
            text("ff".repeat(32)),
            text("1" + "00".repeat(32)),
            text("ab".repeat(64)),
            text("ff".repeat(10_000)),
            text("-".repeat(64)),
            text("\u0661".repeat(64)),
            text("\\u0000"),
            text("a\\u001b[2J"),
            text("a\u009b2J\u0085"),
            text("a\\u2028b\\u2029c\\u202e"),
            text("\\ud800"),
            text("\ud83d\ude00".repeat(150)),
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[" + "0,".repeat(10_000) + "0]",
            "[".repeat(20) + "]".repeat(20),
            "{\"a\":{\"b\":[1,\"\\u0007\"]}}");

    private static String text(String content) {
        return "\"" + content + "\"";
    }

    /** @param said what an honest pool says from the beginning on, the answer to the first share last */
    private record Honest(String algorithm, PoolDialect dialect, String scheme, List<String> said) {
        @Override
        public String toString() {
            return dialect.name();
        }

        Dialogue begin() throws IOException {
            Dialogue talk = new Dialogue(
                    Dialogue.Setting.of(ProofsOfWork.of(algorithm), dialect, scheme + "://pool.example.com:3333"));
            talk.open();
            return talk;
        }
    }

    private static Honest honest(String algorithm, PoolDialect dialect, String scheme, String... said) {
        return new Honest(algorithm, dialect, scheme, List.of(said));
    }

    private static String yes(int id) {
        return "{\"id\":" + id + "," + TRUE;
    }

    private static String no(int id) {
        return "{\"id\":" + id + ",\"result\":false,\"error\":[23,\"low difficulty\",null]}";
    }

    static Stream<Honest> honest() {
        return Stream.of(
                honest(
                        "sha256d",
                        new StratumDialect(),
                        "stratum+tcp",
                        "{\"id\":1,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"1fffe000\","
                                + "\"subscribe-extranonce\":true},\"error\":null}",
                        "{\"id\":2,\"result\":[[[\"mining.notify\",\"s1\"]],\"aabb\",4],\"error\":null}",
                        yes(3),
                        call("mining.set_difficulty", "[1]"),
                        call("mining.set_extranonce", "[\"ccdd\",4]"),
                        call("mining.set_version_mask", "[\"00006000\"]"),
                        HostilePool.notice("a", "01", "[\"" + HASH + "\"]"),
                        call("client.reconnect", "[\"evil.example.org\",3333,1]"),
                        call("client.show_message", "[\"hello\"]"),
                        "{\"id\":9,\"method\":\"client.get_version\",\"params\":[]}",
                        no(4)),
                honest(
                        "kawpow",
                        new KawpowDialect(),
                        "stratum+tcp",
                        "{\"id\":1,\"result\":[null,\"b06619\"],\"error\":null}",
                        yes(3),
                        call("mining.set_target", text(HASH).transform(each -> "[" + each + "]")),
                        call("mining.set_extranonce", "[\"af4c\"]"),
                        call(
                                "mining.notify",
                                "[\"a\",\"" + HASH + "\",\"" + SEED + "\",\"" + HASH + "\",true,4000000,\"1b00ffff\"]"),
                        no(4)),
                honest(
                        "autolykos2",
                        new ErgoDialect(),
                        "stratum+tcp",
                        "{\"id\":1,\"result\":[null,\"0b4c\",6],\"error\":null}",
                        yes(3),
                        call("mining.set_difficulty", "[1]"),
                        call("mining.set_extranonce", "[\"0b4c5d\",5]"),
                        call("mining.notify", "[\"a\",1700000,\"" + HASH + "\",\"\",\"\",\"3\",\"1000000\",\"\",true]"),
                        no(4)),
                honest(
                        "blake3",
                        new AlephiumDialect(),
                        "stratum+tcp",
                        "{\"id\":1,\"result\":[null,\"51\"]}",
                        yes(2),
                        call("mining.set_extranonce", "[\"515a\"]"),
                        call("mining.set_difficulty", "[0.5]"),
                        call(
                                "mining.notify",
                                "[{\"jobId\":\"a\",\"fromGroup\":1,\"toGroup\":2,\"headerBlob\":\"" + "5a".repeat(302)
                                        + "\",\"txsBlob\":\"\",\"targetBlob\":\"ff\"}]"),
                        no(3)),
                honest(
                        "kheavyhash",
                        new KaspaDialect(),
                        "stratum+tcp",
                        "{\"id\":1,\"result\":[true,\"EthereumStratum/1.0.0\"],\"error\":null}",
                        yes(3),
                        call("set_extranonce", "[\"0a\",7]"),
                        call("mining.set_difficulty", "[0.5]"),
                        call("mining.notify", "[\"a\",[1,2,3,18446744073709551615],1700000000000]"),
                        no(4)),
                honest(
                        "ethash",
                        new NicehashDialect(),
                        "stratum1+tcp",
                        "{\"id\":1,\"result\":[[\"mining.notify\",\"s\",\"EthereumStratum/1.0.0\"],\"080c\"],"
                                + "\"error\":null}",
                        yes(2),
                        yes(3),
                        call("mining.set_difficulty", "[0.5]"),
                        call("mining.set_extranonce", "[\"af4c\"]"),
                        call("mining.notify", "[\"a\",\"" + SEED + "\",\"" + HASH + "\",true]"),
                        no(4)),
                honest(
                        "ethash",
                        new Ethereum2Dialect(),
                        "stratum2+tcp",
                        "{\"id\":1,\"result\":{\"proto\":\"EthereumStratum/2.0.0\",\"encoding\":\"plain\","
                                + "\"resume\":\"1\",\"timeout\":\"b4\",\"maxerrors\":\"5\",\"node\":\"n\"}}",
                        "{\"id\":2,\"result\":\"s-1\"}",
                        "{\"id\":3,\"result\":\"w-1\"}",
                        "{\"method\":\"mining.set\",\"params\":{\"epoch\":\"0\",\"target\":\"" + HASH
                                + "\",\"algo\":\"ethash\",\"extranonce\":\"af4c\"}}",
                        "{\"method\":\"mining.notify\",\"params\":[\"a\",\"1\",\"" + HASH + "\",\"1\"]}",
                        "{\"method\":\"mining.reconnect\",\"params\":{\"host\":\"evil.example.org\",\"port\":\"d05\","
                                + "\"resume\":\"1\"}}",
                        "{\"id\":4,\"error\":{\"code\":406,\"message\":\"bad nonce\"}}"),
                honest(
                        "ethash",
                        new EthproxyDialect(),
                        "ethproxy+tcp",
                        yes(1),
                        "{\"id\":0,\"result\":[\"0x" + HASH + "\",\"0x" + SEED + "\",\"0x" + HASH + "\",\"0x1\"]}",
                        call("mining.notify", "[\"j\",\"0x" + SEED + "\",\"" + SEED + "\",\"0xff\",true]"),
                        "{\"id\":2,\"result\":false}",
                        no(3)),
                honest(
                        "ethash",
                        new EtherstratumDialect(),
                        "stratum1+tcp",
                        yes(1),
                        yes(2),
                        call("mining.notify", "[\"a\",\"" + HASH + "\",\"" + SEED + "\",\"0x" + HASH + "\",true]"),
                        no(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("honest")
    void takesAnyValueOfAnyFieldForWhatItIs(Honest honest) throws IOException {
        for (int at = 0; at < honest.said().size(); at++) {
            JsonNode whole = LineMessage.JSON.readTree(honest.said().get(at));
            for (JsonPointer field : fields(whole)) {
                for (String value : HOSTILE) {
                    hold(honest, at, replaced(honest.said().get(at), field, value));
                }
            }
        }
    }

    /** A table that proves nothing would not be noticed otherwise. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("honest")
    void givesWorkWhereNothingIsReplaced(Honest honest) throws IOException {
        Dialogue talk = honest.begin();

        talk.pool(honest.said().toArray(new String[0]));

        assertThat(talk.jobs()).isNotEmpty();
    }

    private static List<JsonPointer> fields(JsonNode node) {
        List<JsonPointer> found = new ArrayList<>();
        collect(node, JsonPointer.empty(), found);
        return found;
    }

    private static void collect(JsonNode node, JsonPointer here, List<JsonPointer> found) {
        node.fieldNames().forEachRemaining(name -> {
            found.add(here.appendProperty(name));
            collect(node.get(name), here.appendProperty(name), found);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.add(here.appendIndex(i));
            collect(node.get(i), here.appendIndex(i), found);
        }
    }

    /** Put in as text: some values are none that a tree can hold as they are written. */
    private static String replaced(String line, JsonPointer field, String value) throws JsonProcessingException {
        JsonNode whole = LineMessage.JSON.readTree(line);
        String mark = "here-it-goes";
        JsonNode parent = whole.at(field.head());
        if (parent instanceof ArrayNode array) {
            array.set(field.last().getMatchingIndex(), array.textNode(mark));
        } else {
            ((ObjectNode) parent).put(field.last().getMatchingProperty(), mark);
        }
        return whole.toString().replace(text(mark), value);
    }

    private static void hold(Honest honest, int at, String hostile) throws IOException {
        List<String> lines = new ArrayList<>(honest.said());
        lines.set(at, hostile);
        Dialogue talk = honest.begin();
        try {
            for (String line : lines) {
                submitted(talk);
                talk.pool(line);
            }
            talk.later(Duration.ofMillis(100));
            talk.session().agreed().values().forEach(text -> requirePrintable(text, hostile));
        } catch (IOException ended) {
            requirePrintable(String.valueOf(ended.getMessage()), hostile);
        } catch (RuntimeException fault) {
            throw new AssertionError("over " + shortened(hostile), fault);
        }
        talk.session().end();
        talk.events().forEach(event -> requirePrintable(told(event), hostile));
    }

    private static void submitted(Dialogue talk) {
        // of one job once: an extranonce may leave room for no more than one work
        if (talk.jobs().size() > talk.events(PoolEvent.Sending.class).size()) {
            PoolJob job = talk.lastJob();
            talk.session().submit(talk.share(job, 9));
            talk.session().identity();
        }
    }

    private static String told(PoolEvent event) {
        return switch (event) {
            case PoolEvent.Said(var _, String text) -> text;
            case PoolEvent.Judged(var _, var verdict, long _) -> verdict.reason();
            case PoolEvent.NewJob(var job) -> job.id();
            case PoolEvent.Lost _,
                    PoolEvent.Dry _,
                    PoolEvent.Connecting _,
                    PoolEvent.Authorised _,
                    PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Sending _ -> "";
        };
    }

    private static void requirePrintable(String text, String line) {
        if (UNPRINTABLE.matcher(text).find() || text.length() > TEXT_LENGTH_MAX) {
            throw new AssertionError(
                    "text of " + text.length() + " characters: " + shortened(text) + " over " + shortened(line));
        }
    }

    private static String shortened(String line) {
        return line.substring(0, Math.min(line.length(), 300));
    }
}
