package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.engine.TuningKey;
import filon.mining.engine.TuningStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuneSessionTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final String property = System.getProperty(TuningStore.PROPERTY, "off");

    @BeforeEach
    void keepTuningsHere() {
        System.setProperty(TuningStore.PROPERTY, file().toString());
    }

    @AfterEach
    void keepThemAsBefore() {
        System.setProperty(TuningStore.PROPERTY, property);
    }

    private Path file() {
        return directory.resolve("tuning.json");
    }

    private int run(String... arguments) {
        return MinerCommand.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private void store(String tuning) throws IOException {
        TuningKey key = TuningKey.of(Devices.select(DeviceSelector.first()), ProofsOfWork.of("sha256d"));
        ObjectNode content = MAPPER.createObjectNode();
        content.putArray("tunings")
                .addObject()
                .put("tuning", tuning)
                .put("gain", 0.1)
                .set("key", MAPPER.valueToTree(key));
        Files.writeString(file(), content.toString());
    }

    @Test
    void printsATableAndWhatWasChosen() {
        assertThat(run("--tune", "sha256d", "--seconds", "8")).isZero();

        assertThat(out.toString())
                .startsWith("device 0: ")
                .contains("candidates beside 16,16,64, 8 s", "tuning ", "gain", " candidates tried, ")
                .containsPattern("sha256d: (chosen|the usual 16,16,64 stays)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsNothingButJsonWhereThatIsWanted() throws IOException {
        assertThat(run("--tune", "sha256d", "--seconds", "1", "--json")).isZero();

        JsonNode result = MAPPER.readTree(out.toString());
        assertThat(result.path("algorithm").asText()).isEqualTo("sha256d");
        assertThat(result.path("usual").asText()).isEqualTo("16,16,64");
        assertThat(result.path("chosen").asText()).isNotEmpty();
        assertThat(result.path("measured").isArray()).isTrue();
        assertThat(result.path("kept").asText()).isIn("kept in " + file(), "nothing to keep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tune nope",
                "--tune sha256d --seconds 0",
                "--tune sha256d --height -1",
                "--tune sha256d --benchmark sha256d"
            })
    void answersBadInputWithOneLineAndCodeTwo(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).startsWith("filon-miner: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void benchmarkUsesTheStoredTuning() throws IOException {
        store("16,32,16");

        assertThat(run("--benchmark", "sha256d", "--seconds", "1", "--json")).isZero();

        JsonNode result = MAPPER.readTree(out.toString());
        assertThat(result.path("workGroupSize").asInt()).isEqualTo(32);
        assertThat(result.path("itemsPerThread").asInt()).isEqualTo(16);
        assertThat(result.path("tuningOrigin").asText()).isEqualTo("stored in " + file());
    }

    @Test
    void anAskedForTuningOverridesTheStoredOne() throws IOException {
        store("16,32,16");

        assertThat(run("--benchmark", "sha256d", "--seconds", "1", "--tuning", "16,64,4"))
                .isZero();

        assertThat(out.toString()).contains("tuning 16,64,4, as asked for");
    }

    @Test
    void verifyUsesTheStoredTuning() throws IOException {
        store("16,32,16");

        assertThat(run("--verify", "sha256d", "--pairs", "16")).isZero();

        assertThat(out.toString()).contains("sha256d: tuning 16,32,16, stored in " + file());
    }

    @Test
    void aDamagedFileCostsOneLine() throws IOException {
        Files.writeString(file(), "{");

        assertThat(run("--verify", "sha256d", "--pairs", "16")).isZero();

        assertThat(out.toString())
                .containsOnlyOnce(file() + " is not used: it is damaged")
                .contains("verified");
    }

    @Test
    void isExplainedByTheHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--tune=ALGORITHM|all", "--tune sha256d");
    }
}
