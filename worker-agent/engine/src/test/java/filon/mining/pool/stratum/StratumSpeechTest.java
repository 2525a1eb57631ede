package filon.mining.pool.stratum;

import static filon.mining.pool.PoolLines.call;
import static filon.mining.pool.PoolLines.notice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import filon.mining.pool.line.LineMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratumSpeechTest {
    private static final String SUBSCRIBED = "{\"id\":2,\"result\":[[],\"aabb\",4],\"error\":null}";
    private static final String AUTHORISED = "{\"id\":3,\"result\":true,\"error\":null}";

    private final Dialogue talk = dialogue(ProofsOfWork.of("sha256d"));

    private static Dialogue dialogue(ProofOfWork algorithm) {
        return new Dialogue(
                Dialogue.Setting.of(algorithm, new StratumDialect(), "stratum+tcp://pool.example.com:3333"));
    }

    private void lines(String... lines) throws IOException {
        talk.pool(lines);
    }

    private void ready() throws IOException {
        talk.open();
        lines(SUBSCRIBED, AUTHORISED);
    }

    private List<PoolJob> jobs() {
        return talk.jobs();
    }

    private List<ShareVerdict> verdicts() {
        return talk.verdicts();
    }

    private Share shareOf(PoolJob job) {
        return talk.share(job, 9);
    }

    private static Target difficulty(String text) {
        return Target.ofDifficulty(new BigDecimal(text));
    }

    @Test
    void countsTheDifficultyAsTheAlgorithmsPoolsDo() throws IOException {
        Dialogue scrypt = dialogue(ProofsOfWork.of("scrypt"));
        scrypt.open();

        scrypt.pool(SUBSCRIBED, AUTHORISED, call("mining.set_difficulty", "[2]"), notice("a", true));

        assertThat(scrypt.jobs().getLast().target()).hasToString("00007fff8" + "0".repeat(55));
    }

    @Test
    void appliesADifficultyToTheNextJobOnly() throws IOException {
        ready();
        lines(call("mining.set_difficulty", "[0.02]"), notice("a", true), call("mining.set_difficulty", "[512]"));
        assertThat(jobs().getLast().target()).isEqualTo(difficulty("0.02"));

        lines(notice("b", false));

        assertThat(jobs().getFirst().target()).isEqualTo(difficulty("0.02"));
        assertThat(jobs().getLast().target()).isEqualTo(difficulty("512"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"nonsense\"", "\"0x10\"", "\"1e9999999999\"", "null", "[]", "true", "0", "-1"})
    void keepsTheDifficultyWhereThePoolSendsNone(String nonsense) throws IOException {
        ready();
        lines(call("mining.set_difficulty", "[4]"), call("mining.set_difficulty", "[" + nonsense + "]"));

        lines(notice("a", true));

        assertThat(jobs()).singleElement().extracting(PoolJob::target).isEqualTo(difficulty("4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-2147483647", "1e2147483647"})
    void takesAJobOfAnyDifficultyForAnyAlgorithm(String limit) throws IOException {
        for (ProofOfWork algorithm : ProofsOfWork.all()) {
            Dialogue each = dialogue(algorithm);
            each.open();
            each.pool(SUBSCRIBED, AUTHORISED, call("mining.set_difficulty", "[" + limit + "]"), notice("a", true));

            assertThat(each.jobs()).hasSize(1);
        }
    }

    @Test
    void startsWithDifficultyOneWhereThePoolNamesNone() throws IOException {
        ready();
        lines(notice("a", true));

        assertThat(jobs()).singleElement().extracting(PoolJob::target).isEqualTo(difficulty("1"));
    }

    @Test
    void holdsAJobThatComesBeforeTheRepliesUntilAuthorised() throws IOException {
        talk.open();
        lines(call("mining.set_difficulty", "[4]"), notice("early", true), notice("later", false));
        lines(call("mining.set_difficulty", "[8]"), SUBSCRIBED);
        assertThat(jobs()).isEmpty();

        lines(AUTHORISED);

        assertThat(jobs()).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo("later");
            assertThat(job.target()).isEqualTo(difficulty("4"));
        });
    }

    @Test
    void takesANewExtranonceWithTheNextJobEvenIfItsIdRepeats() throws IOException {
        ready();
        lines(notice("a", true), call("mining.set_extranonce", "[\"ccdd\",2]"));
        assertThat(shareOf(jobs().getFirst()).submission().get(2)).hasSize(8);

        lines(notice("a", false));

        assertThat(shareOf(jobs().getLast()).submission().get(2)).hasSize(4);
        assertThat(shareOf(jobs().getFirst()).submission().get(2)).hasSize(8);
    }

    @Test
    void submitsNothingOfAJobThatACleanOneReplaced() throws IOException {
        ready();
        lines(notice("a", true));
        Share old = shareOf(jobs().getFirst());
        lines(notice("b", true));
        talk.miner();

        talk.session().submit(old);

        assertThat(talk.miner()).isEmpty();
        assertThat(verdicts()).singleElement().isInstanceOf(ShareVerdict.Stale.class);
    }

    @Test
    void stillSubmitsForAnOlderJobWhereTheNewOneIsNotClean() throws IOException {
        ready();
        lines(notice("a", true));
        Share older = shareOf(jobs().getFirst());
        lines(notice("b", false));
        talk.miner();

        talk.session().submit(older);

        assertThat(talk.miner()).singleElement().asString().contains("\"a\"");
    }

    @Test
    void submitsNothingForAnotherSession() throws IOException {
        ready();
        lines(notice("a", true));
        Share mine = shareOf(jobs().getFirst());
        talk.miner();

        talk.session()
                .submit(new Share(8, 9, mine.pool(), mine.jobId(), mine.header(), mine.target(), 0, mine.submission()));

        assertThat(talk.miner()).isEmpty();
        assertThat(verdicts()).singleElement().isInstanceOf(ShareVerdict.Stale.class);
    }

    @Test
    void givesEachRequestItsOwnIdAndEachShareItsOwnVerdict() throws IOException {
        ready();
        lines(notice("a", true));
        talk.miner();
        for (int i = 0; i < 5; i++) {
            talk.session().submit(shareOf(jobs().getFirst()));
        }
        List<Long> ids = new ArrayList<>();
        for (String line : talk.miner()) {
            JsonNode request = LineMessage.JSON.readTree(line);
            assertThat(request.path("method").textValue()).isEqualTo("mining.submit");
            ids.add(request.path("id").longValue());
        }
        assertThat(ids).doesNotHaveDuplicates();

        lines(
                "{\"id\":" + ids.get(4) + ",\"result\":true,\"error\":null}\r".strip(),
                "{\"id\":" + ids.get(0) + ",\"result\":null,\"error\":[21,\"job not found\",null]}",
                "{\"id\":" + ids.get(1) + ",\"result\":null,\"error\":[23,\"low difficulty\"]}",
                "{\"id\":" + ids.get(2) + ",\"result\":false,\"error\":null}",
                "{\"id\":" + ids.get(2) + ",\"result\":true,\"error\":null}");

        assertThat(verdicts().subList(0, 3))
                .containsExactly(
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "job not found"),
                        new ShareVerdict.Rejected(23, "low difficulty"));
        assertThat(verdicts().get(3)).isInstanceOf(ShareVerdict.Rejected.class);
        assertThat(verdicts()).hasSize(4);
    }

    @Test
    void neverCallsAnUnansweredShareAccepted() throws IOException {
        ready();
        lines(notice("a", true));
        talk.session().submit(shareOf(jobs().getFirst()));
        talk.session().submit(shareOf(jobs().getFirst()));

        talk.later(Duration.ofSeconds(31));
        talk.session().submit(shareOf(jobs().getFirst()));

        assertThat(verdicts()).hasSize(2).allMatch(ShareVerdict.Unanswered.class::isInstance);
        assertThat(talk.session().end()).hasSize(1);
    }

    @Test
    void endsWhenThePoolRefusesTheUserAndDoesNotTellThePassword() throws IOException {
        talk.open();
        lines(SUBSCRIBED);

        assertThatThrownBy(() -> lines("{\"id\":3,\"result\":false,\"error\":[24,\"unknown user\",null]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown user")
                .hasMessageNotContaining("secret");
    }

    @Test
    void asksASilentPoolOnceAndThenGivesItUp() throws IOException {
        ready();
        lines(notice("a", true));
        talk.miner();
        talk.later(Duration.ofSeconds(61));
        talk.later(Duration.ZERO);
        assertThat(talk.miner()).singleElement().asString().contains("mining.ping");

        assertThatThrownBy(() -> talk.later(Duration.ofSeconds(60))).hasMessageContaining("silent");
    }

    @Test
    void givesUpAPoolThatDoesNotAuthorise() throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.later(Duration.ofSeconds(11))).hasMessageContaining("did not authorise");
    }

    @Test
    void followsAReconnectToTheSameHostOnly() throws IOException {
        ready();
        assertThatCode(() -> lines(call("client.reconnect", "[\"evil.example.com\",1,0]")))
                .doesNotThrowAnyException();

        assertThatThrownBy(() -> lines(call("client.reconnect", "[\"POOL.example.com\",\"4444\",2]")))
                .isInstanceOfSatisfying(PoolMovedException.class, moved -> {
                    assertThat(moved.address()).isEqualTo(PoolAddress.of("stratum+tcp://pool.example.com:4444"));
                    assertThat(moved.pause()).isEqualTo(Duration.ofSeconds(2));
                });
        assertThatThrownBy(() -> lines(call("client.reconnect", "[]"))).isInstanceOf(PoolMovedException.class);
    }

    @Test
    void answersThePoolsQuestions() throws IOException {
        talk.miner();
        lines(
                "{\"id\":5,\"method\":\"client.get_version\",\"params\":[]}",
                "{\"id\":6,\"method\":\"mining.ping\",\"params\":[]}");

        List<String> sent = talk.miner();
        assertThat(sent.get(0)).isEqualTo("{\"id\":5,\"result\":\"filon/0.1\",\"error\":null}");
        assertThat(sent.get(1)).contains("\"id\":6").contains("pong");
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        List<String> honest = List.of(
                SUBSCRIBED,
                AUTHORISED,
                notice("a", true),
                notice("b", false),
                call("mining.set_difficulty", "[0.5]"),
                call("mining.set_extranonce", "[\"ccdd\",2]"),
                call("client.show_message", "[\"hi\"]"),
                call("mining.set_version_mask", "[\"00003000\"]"),
                call("mining.unheard_of", "{}"));
        HostileLines.survivedBy(() -> dialogue(ProofsOfWork.of("sha256d")), honest);
    }
}
