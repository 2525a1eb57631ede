package filon.mining.pool.hostile;

import static filon.mining.pool.PoolLines.call;
import static filon.mining.pool.hostile.HostilePool.notice;
import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.hostile.HostilePool.Act;
import filon.mining.pool.noise.Authority;
import filon.mining.pool.noise.AuthorityKey;
import filon.mining.pool.wire.LoopbackServer;
import filon.mining.pool.wire.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hostile pool before an honest one: what is wrong is told, and the other pool is worked for. */
class HostilePoolsTest {
    private static final int CONNECTIONS_MAX = 20;
    private static final int EVENTS_MAX = 400;
    private static final int TEXT_LENGTH_MAX = 1_100;

    @TempDir
    Path folder;

    private static Arguments act(String name, String told, LoopbackServer.Script script) {
        return Arguments.of(name, told, script);
    }

    private static Arguments saying(String name, String told, String... lines) {
        return act(name, told, HostilePool.acting(Act.saying(lines)));
    }

    private static Arguments subscription(String name, String told, String result) {
        return act(name, told, HostilePool.greeting(result, Act.saying(notice("a"))));
    }

    private static String difficulty(String value) {
        return call("mining.set_difficulty", "[" + value + "]");
    }

    private static String reconnect(String params) {
        return call("client.reconnect", params);
    }

    static Stream<Arguments> acts() {
        return Stream.of(lines(), values(), subscriptions(), moves()).flatMap(each -> each);
    }

    private static Stream<Arguments> lines() {
        return Stream.of(
                saying("JSON that ends too soon", "ignored a line: not JSON", "{\"id\":1,"),
                saying("nesting of 10,000", "nesting depth (33) exceeds the maximum allowed (32", "[".repeat(10_000)),
                saying("nesting inside a message", "nesting depth", "{\"id\":" + "[".repeat(5_000)),
                saying("a line of 131,073 bytes", "exceeds 131072 bytes", "x".repeat(131_073)),
                saying("a job id of 10 MB", "exceeds 131072 bytes", notice("x".repeat(10 << 20))),
                saying("a coinbase of 10 MB", "exceeds 131072 bytes", notice("a", "00".repeat(5 << 20), "[]")),
                saying("a number that no JSON reader holds", "a number beyond all bounds", difficulty("1e9999999999")),
                saying("an integer of 100,000 digits", "not JSON", difficulty("9".repeat(100_000))),
                act(
                        "half a UTF-8 character",
                        "ignored a line: not JSON",
                        HostilePool.acting(Act.bytes('"', 0xe2, 0x82, '\n'))),
                act("NUL bytes", "ignored a line: not JSON", HostilePool.acting(Act.bytes(0, 0, 0, '\n'))),
                act(
                        "what steers a terminal",
                        "ignored method ?31m",
                        HostilePool.acting(Act.saying(call("\u009b31m", "[]")))),
                saying("a method of 100,000 letters", "ignored method mmmm", call("m".repeat(100_000), "[]")),
                act(
                        "answers to nothing that was asked",
                        "the pool closed the connection",
                        HostilePool.leaving(Act.saying(
                                "{\"id\":77,\"result\":true}",
                                "{\"id\":-1,\"result\":false}",
                                "{\"id\":9223372036854775808,\"result\":[]}",
                                "{\"id\":null,\"result\":null,\"error\":[21,\"stale\"]}"))));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
                saying("difficulty 0", "difficulty 0 is not a number above zero", difficulty("0")),
                saying("difficulty -1", "difficulty -1 is not a number above zero", difficulty("-1")),
                saying("difficulty NaN", "ignored a line: not JSON", difficulty("NaN")),
                saying("difficulty of letters", "\"abc\" is not a number above zero", difficulty("\"abc\"")),
                saying(
                        "difficulty of 100,000 digits",
                        "100000 characters exceeds 100",
                        difficulty("\"" + "9".repeat(100_000) + "\"")),
                saying("no parameters", "mining.notify has 0 parameters, not 9", call("mining.notify", "[]")),
                saying(
                        "a job id of 129 characters",
                        "job id of 129 characters; it has 1 to 128",
                        notice("x".repeat(129))),
                saying("a job id with a control character", "has characters that do not print", notice("a\\u001b[2J")),
                saying("a job id with a C1 control", "has characters that do not print", notice("a\\u009b2J")),
                saying("a job id that breaks a line", "has characters that do not print", notice("a\\u2028b")),
                saying("a merkle branch of 10,000", "exceeds", notice("a", "01", "[" + "0,".repeat(9_999) + "0]")),
                saying("a coinbase that is not hex", "mining.notify", notice("a", "zz", "[]")),
                saying(
                        "a version mask of 100,000 digits",
                        "100000 hex digits, not 1 to 8",
                        call("mining.set_version_mask", "[\"" + "f".repeat(100_000) + "\"]")));
    }

    private static Stream<Arguments> subscriptions() {
        return Stream.of(
                subscription(
                        "an extranonce of 64 bytes",
                        "not hex of at most 32 bytes",
                        "[[],\"" + "ab".repeat(64) + "\",4]"),
                subscription("room of -1 bytes", "extranonce2 size -1 is not 0 to 32", "[[],\"aabb\",-1]"),
                subscription("room of 64 bytes", "extranonce2 size 64 is not 0 to 32", "[[],\"aabb\",64]"),
                subscription("room of 2^64 bytes", "is not 0 to 32", "[[],\"aabb\",18446744073709551616]"),
                subscription("a subscription of nothing", "not hex", "[]"),
                subscription("a subscription refused", "refuses the subscription", "false"));
    }

    private static Stream<Arguments> moves() {
        return Stream.of(
                saying(
                        "a move to another host",
                        "the wish to reconnect at another host: evil.example.org",
                        reconnect("[\"evil.example.org\",3333,0]")),
                saying(
                        "a move to a host of 100,000 letters",
                        "reconnect at another host: aaaa",
                        reconnect("[\"" + "a".repeat(100_000) + "\",3333,0]")),
                saying("a move to port 70000", "pool port 70000 is not within 1 to 65535", reconnect("[\"\",70000,0]")),
                saying("a move to port -1", "port -1 is not 0 to 65535", reconnect("[\"\",-1,0]")),
                saying(
                        "a move to port 2^32 + 3333",
                        "port 4294970629 is not 0 to 65535",
                        reconnect("[\"\",4294970629,0]")),
                saying(
                        "a move to itself, again and again",
                        "reconnect at stratum+tcp://127.0.0.1",
                        reconnect("[\"\",0,0]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acts")
    void tellsWhatAPoolDoesWrongAndWorksForTheNext(String name, String told, LoopbackServer.Script script)
            throws Exception {
        // Given
        try (LoopbackServer hostile = LoopbackServer.plain(script)) {
            // When / Then
            hold(order("stratum+tcp://127.0.0.1:" + hostile.port()), told);
        }
    }

    @Test
    void refusesToFollowAPoolToAnAddressThatTheRulesForbid() throws Exception {
        // Given
        try (LoopbackServer hostile =
                LoopbackServer.plain(HostilePool.acting(Act.saying(reconnect("[\"10.1.2.3\",3333,0]"))))) {
            // When / Then
            hold(free("stratum+tcp://127.0.0.1:" + hostile.port(), PoolTrust.verified()), "10.0.0.0/8");
        }
    }

    @Test
    void refusesToFollowAPoolToAHostOfAHundredThousandLetters() throws Exception {
        // Given
        try (LoopbackServer hostile = LoopbackServer.plain(
                HostilePool.acting(Act.saying(reconnect("[\"" + "a.".repeat(50_000) + "a\",3333,0]"))))) {
            // When / Then
            hold(
                    free("stratum+tcp://127.0.0.1:" + hostile.port(), PoolTrust.verified()),
                    "pool host of 100001 characters exceeds 253");
        }
    }

    @Test
    void tellsThatACertificateHasTheWrongName() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        TestCertificate shown = authority.issue(TestCertificate.Says.of("pool.example.com", "127.0.0.9"));
        try (var _ = authority.believed(folder);
                LoopbackServer hostile = LoopbackServer.encrypted(shown.context(), HostilePool.honest())) {
            // When / Then
            hold(
                    order("stratum+ssl://127.0.0.1:" + hostile.port()),
                    "No subject alternative names matching IP address 127.0.0.1");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noTls")
    void tellsThatAPoolSpeaksNoTls(String name, Act act) throws Exception {
        // Given
        try (LoopbackServer hostile = LoopbackServer.plain(HostilePool.atOnce(act))) {
            // When / Then
            hold(order("stratum+ssl://127.0.0.1:" + hostile.port()), "the pool speaks no TLS at this port");
        }
    }

    static Stream<Arguments> noTls() {
        return Stream.of(
                Arguments.of("a fatal alert", Act.bytes(21, 3, 3, 0, 2, 2, 40)),
                Arguments.of("an alert of an unknown kind", Act.bytes(21, 3, 3, 0, 2, 0xff, 0xff)),
                Arguments.of("an alert that is too long", Act.bytes(21, 3, 3, 0xff, 0xff, 1, 1)),
                Arguments.of("a record of an unknown type", Act.bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
                Arguments.of("a line of Stratum", Act.saying(notice("a"))));
    }

    @Test
    void tellsThatAPoolOfStratumV2IsNotAuthentic() throws Exception {
        // Given
        long seed = new SplittableRandom().nextLong();
        byte[] garbage = new byte[65_536];
        new SplittableRandom(seed).nextBytes(garbage);
        AuthorityKey key = Authority.draw(new SplittableRandom(seed)).key();
        try (LoopbackServer hostile = LoopbackServer.plain(HostilePool.atOnce(out -> out.write(garbage)))) {
            // When / Then
            hold(order("stratum2+tcp://127.0.0.1:" + hostile.port() + "/" + key), "not authentic");
        }
    }

    private static PoolOrder free(String address, PoolTrust trust) {
        return new PoolOrder(new Pool(PoolAddress.of(address), "me", "x"), trust, 0, "", List.of("*"));
    }

    private static PoolOrder order(String address) {
        return PoolOrder.of(new Pool(PoolAddress.of(address), "me", "x"));
    }

    private static void hold(PoolOrder hostile, String told) throws Exception {
        try (LoopbackServer honest = LoopbackServer.plain(HostilePool.honest());
                Watched pools = new Watched(
                        ProofsOfWork.of("sha256d"),
                        List.of(hostile, order("stratum+tcp://127.0.0.1:" + honest.port())))) {
            assertThat(pools.worksForTheHonest()).as("work for the honest pool").isTrue();
            assertThat(pools.tells(told)).as("'%s' in %s", told, pools.texts()).isTrue();
            assertThat(pools.threadsLeftAtTheEnd()).isEmpty();
            assertThat(pools.connections()).isLessThan(CONNECTIONS_MAX);
            assertThat(pools.events()).isLessThan(EVENTS_MAX);
            assertThat(pools.texts())
                    .noneMatch(text -> text.contains("fault of ours"))
                    .allMatch(text -> text.length() < TEXT_LENGTH_MAX)
                    .allMatch(text -> text.chars().noneMatch(Character::isISOControl));
        }
    }
}
