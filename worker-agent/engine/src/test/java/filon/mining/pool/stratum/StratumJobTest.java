package filon.mining.pool.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import filon.mining.pool.line.LineMessage;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StratumJobTest {
    private static final Pool POOL = new Pool(PoolAddress.of("stratum+tcp://pool.example.com:3333"), "wallet.rig", "x");

    /** The genesis block's coinbase transaction, cut so that four bytes are the pool's and four are ours. */
    private static final String COINBASE_START =
            "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d";

    private static final String POOLS_BYTES = "04ffff00";
    private static final String OUR_BYTES = "1d010445";
    private static final String COINBASE_END =
            "5468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64"
                    + "206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a8"
                    + "28e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
    private static final String GENESIS = "[\"job\",\"" + "0".repeat(64) + "\",\"" + COINBASE_START + "\",\""
            + COINBASE_END + "\",[],\"00000001\",\"1d00ffff\",\"495fab29\",true]";

    private static JsonNode json(String text) throws JsonProcessingException {
        return LineMessage.JSON.readTree(text);
    }

    private static StratumJob job(String params, int ourBytes, long start) throws JsonProcessingException {
        Extranonce extranonce = Extranonce.of(json("\"" + POOLS_BYTES + "\""), json("" + ourBytes), start);
        return new StratumJob(
                new JobPlace(POOL, 1, 0, 0),
                JobNotice.of(json(params)),
                new StratumJob.Room(extranonce, new VersionRoom()),
                Target.EASIEST);
    }

    @Test
    void buildsTheGenesisHeaderFromItsCoinbase() throws JsonProcessingException {
        StratumJob job = job(GENESIS, 4, Long.parseLong(OUR_BYTES, 16));

        PoolWork work = job.next().orElseThrow();

        assertThat(work.work().header().prefix())
                .isEqualTo(ProofsOfWork.of("sha256d")
                        .knownAnswers()
                        .getFirst()
                        .header()
                        .prefix());
    }

    @Test
    void writesAShareAsThePoolWillReadIt() throws JsonProcessingException {
        PoolWork work = job(GENESIS, 4, 0x1d010445L).next().orElseThrow();

        Share share = work.share(2_083_236_893L, Digest.of(new byte[32]), new byte[80], 5);

        assertThat(share.submission()).containsExactly("wallet.rig", "job", OUR_BYTES, "495fab29", "7c2bac1d");
    }

    @Test
    void swapsThePreviousHashWordByWord() throws JsonProcessingException {
        String previous = "0a8ce26f72b3f1b646a2a6c14ff763ae65831e939c085ae10019d66800000000";

        StratumJob job = job(GENESIS.replace("0".repeat(64), previous), 4, 0);

        byte[] ofBlock1 =
                ProofsOfWork.of("sha256d").knownAnswers().get(1).header().prefix();
        assertThat(HexFormat.of()
                        .formatHex(job.next().orElseThrow().work().header().prefix(), 4, 36))
                .isEqualTo(HexFormat.of().formatHex(ofBlock1, 4, 36));
    }

    @Test
    void neverHandsOutTheSameHeaderTwiceAndEndsWithItsTime() throws JsonProcessingException {
        StratumJob job = job(GENESIS, 1, 250);
        Set<String> seen = new HashSet<>();
        int works = 0;
        for (Optional<PoolWork> work = job.next(); work.isPresent(); work = job.next()) {
            seen.add(HexFormat.of().formatHex(work.get().work().header().prefix()));
            works++;
        }

        assertThat(works).isEqualTo(256 * (StratumJob.TIME_ROLL_SECONDS_MAX + 1));
        assertThat(seen).hasSize(works);
    }

    @Test
    void rollsTimeAloneWhereThePoolLeavesNoRoom() throws JsonProcessingException {
        StratumJob job = job(GENESIS, 0, 0);

        assertThat(job.next()
                        .orElseThrow()
                        .share(0, Digest.of(new byte[32]), new byte[80], 0)
                        .submission())
                .contains("", "495fab29");
        assertThat(job.next()
                        .orElseThrow()
                        .share(0, Digest.of(new byte[32]), new byte[80], 0)
                        .submission())
                .contains("", "495fab2a");
    }

    @Test
    void refusesANoticeNamingWhatIsWrong() {
        assertThatThrownBy(() -> JobNotice.of(json("[]"))).hasMessageContaining("0 parameters");
        assertThatThrownBy(() -> JobNotice.of(json(GENESIS.replace("\"1d00ffff\"", "\"1d00\""))))
                .hasMessageContaining("bits");
        assertThatThrownBy(() -> JobNotice.of(json(GENESIS.replace("\"00000001\"", "1"))))
                .hasMessageContaining("version");
        assertThatThrownBy(() -> JobNotice.of(json(GENESIS.replace("[],", "[\"00\"],"))))
                .hasMessageContaining("branch");
        assertThatThrownBy(() -> Extranonce.of(json("\"00\""), json("33"), 0)).hasMessageContaining("33");
    }
}
