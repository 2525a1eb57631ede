package filon.mining.pool.line;

import static filon.mining.pool.PoolLines.notice;
import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.stratum.StratumDialect;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TalkTest {
    private final Dialogue talk = new Dialogue(Dialogue.Setting.of(
            ProofsOfWork.of("sha256d"), new StratumDialect(), "stratum+tcp://pool.example.com:3333"));

    private static long id(String line) throws IOException {
        return LineMessage.JSON.readTree(line).path("id").longValue();
    }

    @Test
    void countsRequestsTo65535AndThenThoseThatAreFree() throws IOException {
        talk.open();
        long open = id(talk.miner().getFirst());
        talk.pool(
                "{\"id\":2,\"result\":[[],\"aabb\",4],\"error\":null}",
                "{\"id\":3,\"result\":true,\"error\":null}",
                notice("a", true));
        talk.miner();
        long highest = 0;
        long lowestAfter = Long.MAX_VALUE;
        for (int i = 0; i < 65_600; i++) {
            talk.session().probe();
            long id = id(talk.miner().getFirst());
            highest = Math.max(highest, id);
            lowestAfter = i > 65_540 ? Math.min(lowestAfter, id) : lowestAfter;
            talk.pool("{\"id\":" + id + ",\"result\":\"pong\",\"error\":null}");
            talk.later(Duration.ofNanos(600_000)); // a pool may not say more than so many a second
        }

        assertThat(highest).isEqualTo(65_535);
        assertThat(lowestAfter).isGreaterThan(open);
    }
}
