package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.mining.pool.trial.PoolScript;
import filon.mining.pool.wire.LoopbackServer;
import filon.mining.pool.wire.TestCertificate;
import filon.mining.pool.wire.TestCertificate.Says;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PoolTestCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return MinerCommand.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void saysInWordsWhatAPoolOffersAndEndsWithZero() throws Exception {
        try (LoopbackServer pool = LoopbackServer.plain(PoolScript.good())) {
            // When
            int code = run("--test-pool", "stratum+tcp://127.0.0.1:" + pool.port(), "--user", "me.rig1");

            // Then
            assertThat(code).isZero();
            assertThat(err.toString()).isEmpty();
            assertThat(out.toString())
                    .contains(
                            "127.0.0.1 connected after",
                            "me.rig1 is authorised",
                            "extranonce1 aabbccdd",
                            "43 s at 100 MH/s",
                            "this pool can be mined for");
        }
    }

    @Test
    void saysWhatIsWrongWithAPoolAndEndsWithOne() throws Exception {
        TestCertificate shown = TestCertificate.selfSigned(Says.of("127.0.0.1"));
        try (LoopbackServer pool = LoopbackServer.encrypted(shown.context(), PoolScript.good())) {
            // When
            int code = run("--test-pool", "stratum+ssl://127.0.0.1:" + pool.port(), "--user", "me");

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(out.toString())
                    .contains(
                            "signed its certificate itself",
                            "--tls-pin ",
                            "cannot be mined for: certificate self signed");
        }
    }

    @Test
    void tellsTheWholeReportAsJson() throws Exception {
        try (LoopbackServer pool = LoopbackServer.plain(PoolScript.good())) {
            // When
            run("--test-pool", "stratum+tcp://127.0.0.1:" + pool.port(), "--user", "me", "--json");

            // Then
            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(report.path("pool").asText()).isEqualTo("stratum+tcp://127.0.0.1:" + pool.port());
            assertThat(report.path("isUsable").asBoolean()).isTrue();
            assertThat(report.path("job").path("shareTimes")).hasSize(4);
            assertThat(report.path("timing").path("roundTrip").isNumber()).isTrue();
            assertThat(report.path("attempts")
                            .path(0)
                            .path("contacts")
                            .path(0)
                            .path("outcome")
                            .asText())
                    .isEqualTo("CONNECTED");
        }
    }
}
