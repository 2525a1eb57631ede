package filon.mining.pool.etherstratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtherstratumSpeechTest {
    private static final String SUBSCRIBED = "{\"id\":1,\"result\":true,\"error\":null}";
    private static final String AUTHORISED = "{\"id\":2,\"result\":true,\"error\":null}";
    private static final String SEED = "0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";
    private static final String HASH = "645cf20198c2f3861e947d4f67e3ab63b7b2e24dcc9095bd9123e7b33371f6cc";
    private static final String TARGET = "0x" + "1f".repeat(31);

    private final Dialogue talk = dialogue();

    private static Dialogue dialogue() {
        return new Dialogue(Dialogue.Setting.of(
                ProofsOfWork.of("ethash"), new EtherstratumDialect(), "stratum+tcp://pool.example.com:3333"));
    }

    private static String notice(String id, String target, boolean clean) {
        return "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"" + id + "\",\"0x" + HASH + "\",\"" + SEED
                + "\",\"" + target + "\"," + clean + "]}";
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, AUTHORISED);
        talk.miner();
    }

    @Test
    void saysAndUnderstandsWhatSuchPoolsHaveInCommon() throws IOException {
        talk.open();
        assertThat(talk.miner()).containsExactly("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}");
        talk.pool(SUBSCRIBED);
        assertThat(talk.miner())
                .containsExactly("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        talk.pool(AUTHORISED, notice("7b", TARGET, true));
        PoolJob job = talk.lastJob();
        Header header = job.next().orElseThrow().work().header();
        assertThat(HexFormat.of().formatHex(header.prefix())).isEqualTo(HASH);
        assertThat(header.height()).isEqualTo(30_000);
        assertThat(job.target()).hasToString("00" + "1f".repeat(31));
        assertThat(job.isClean()).isTrue();

        talk.session().submit(talk.share(job, 0xabL));

        assertThat(talk.miner().getFirst())
                .matches(
                        "\\{\"id\":3,\"method\":\"mining.submit\",\"params\":\\[\"me\",\"7b\",\"0x[0-9a-f]{14}ab\",\"0x"
                                + HASH + "\",\"0x0{64}\"]}");
        talk.pool("{\"id\":3,\"result\":true}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void takesASubscriptionInTheFormOfStratumV1AndItsExtranonceForNothing() throws IOException {
        talk.open();
        talk.pool("{\"id\":1,\"result\":[[[\"mining.notify\",\"s1\"]],\"08000000\",4],\"error\":null}", AUTHORISED);

        talk.pool(notice("a", TARGET, true));

        assertThat(talk.jobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"result\":false}",
                "{\"id\":1,\"result\":null,\"error\":[20,\"unknown method\"]}",
                "{\"id\":1,\"error\":{\"code\":-3,\"message\":\"Method not found\"}}",
                "{\"id\":null,\"error\":\"invalid request\"}"
            })
    void leavesAPoolThatSpeaksAnotherDialect(String answer) throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool(answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("subscription");
    }

    @Test
    void endsWhenThePoolRefusesTheUser() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED);

        assertThatThrownBy(() -> talk.pool("{\"id\":2,\"result\":false}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refuses user me");
    }

    @Test
    void holdsAJobThatComesBeforeTheReplies() throws IOException {
        talk.open();
        talk.pool(notice("early", TARGET, true), notice("later", TARGET, false), SUBSCRIBED);
        assertThat(talk.jobs()).isEmpty();

        talk.pool(AUTHORISED);

        assertThat(talk.jobs()).singleElement().extracting(PoolJob::id).isEqualTo("later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-0x1", "0x1" + "0000000000000000000000000000000000000000000000000000000000000000", "", "easy"})
    void ignoresAJobWithoutAUsableTargetAndSaysSo(String target) throws IOException {
        ready();

        talk.pool(notice("a", target, true));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().contains("ignored mining.notify: target");
    }

    @Test
    void findsFreshNoncesForAJobThatIsAnnouncedAgain() throws IOException {
        ready();
        talk.pool(notice("a", TARGET, true), notice("a", TARGET, false));

        assertThat(talk.jobs().getFirst().next().orElseThrow().nonces())
                .isNotEqualTo(talk.jobs().getLast().next().orElseThrow().nonces());
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedOverTimeBy(
                EtherstratumSpeechTest::dialogue,
                List.of(
                        SUBSCRIBED,
                        AUTHORISED,
                        notice("a", TARGET, true),
                        notice("b", "ff", false),
                        "{\"id\":3,\"result\":false,\"error\":[21,\"stale\"]}",
                        "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}",
                        "{\"id\":null,\"method\":\"mining.unheard_of\",\"params\":{}}"));
    }
}
