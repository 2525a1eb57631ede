package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That the judge of the storm sees what must not be. */
class ShareJudgeTest {
    private static final BigDecimal EASIEST = new BigDecimal("1e-99");

    private final ShareJudge judge = new ShareJudge(new Random(1));

    private static JsonNode share(IssuedJob job, String own, String nonce) {
        String time = HexFormat.of().toHexDigits(job.time());
        return new ObjectMapper().valueToTree(List.of("me", job.id(), own, time, nonce));
    }

    private IssuedJob easyJob() {
        judge.difficulty(EASIEST);
        return judge.issue(true);
    }

    @Test
    void buildsTheHeaderThatStartedBitcoin() {
        String merkleRoot = "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a";
        String header = "01000000" + "00".repeat(32) + merkleRoot + "29ab5f49" + "ffff001d" + "1dac2b7c";
        IssuedJob hard = new IssuedJob(
                "genesis", 0, "", 0, "00".repeat(32), List.of(), 0, IssuedJob.targetOf(BigDecimal.valueOf(2_536)));
        IssuedJob tooHard = new IssuedJob(
                "genesis", 0, "", 0, "00".repeat(32), List.of(), 0, IssuedJob.targetOf(BigDecimal.valueOf(2_537)));

        assertThat(hard.isMetBy(header)).isTrue();
        assertThat(tooHard.isMetBy(header)).isFalse();
    }

    @Test
    void findsAnEasyShareValidOnce() {
        JsonNode share = share(easyJob(), "00000001", "00000002");

        assertThat(judge.judge(share)).isEqualTo(ShareFate.VALID);
        assertThat(judge.judge(share)).isEqualTo(ShareFate.DUPLICATE);
    }

    @Test
    void seesAHashAboveTheTarget() {
        judge.difficulty(new BigDecimal("1e9"));

        assertThat(judge.judge(share(judge.issue(true), "00000001", "00000002")))
                .isEqualTo(ShareFate.LOW_DIFFICULTY);
    }

    @Test
    void seesAnExtranonceOfAnotherLength() {
        IssuedJob before = easyJob();
        judge.extranonce(8);

        assertThat(judge.judge(share(before, "0000000000000001", "00000002"))).isEqualTo(ShareFate.MALFORMED);
        assertThat(judge.judge(share(easyJob(), "0000000000000001", "00000002")))
                .isEqualTo(ShareFate.VALID);
    }

    @Test
    void tellsLateSharesFromThoseOfAJobKnownToBeWithdrawn() {
        IssuedJob old = easyJob();
        IssuedJob newest = easyJob();

        assertThat(judge.judge(share(old, "00000001", "00000002"))).isEqualTo(ShareFate.STALE);
        judge.read(newest.generation());
        assertThat(judge.judge(share(old, "00000001", "00000003"))).isEqualTo(ShareFate.WITHDRAWN);
        assertThat(judge.judge(share(newest, "00000001", "00000003"))).isEqualTo(ShareFate.VALID);
        assertThat(judge.examples()).hasSize(1);
    }
}
