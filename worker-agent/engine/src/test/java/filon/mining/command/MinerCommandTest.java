package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.DeviceKind;
import filon.mining.device.Devices;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinerCommandTest {
    private static final String PIN = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return MinerCommand.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--nonsense",
                "--verify nope",
                "--benchmark sha256d --seconds 0",
                "--benchmark sha256d --seconds x",
                "--benchmark sha256d --verify sha256d",
                "--pool http://a:1 --user u",
                "--pool stratum+tcp://127.0.0.1:99999 --user u",
                "--pool stratum+tcp://127.0.0.1:3333",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --and --verify sha256d",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --device 0,0",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --and --pool stratum+tcp://127.0.0.1:3334 --user u",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --and --nonsense",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --http 70000",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --batch-millis 20000",
                "--verify sha256d --and --pool stratum+tcp://127.0.0.1:3333 --user u",
                "--verify sha256d --power-limit 250",
                "--benchmark sha256d --lock-clock 1410",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --power-limit 0",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --lock-clock 10001",
                "--verify sha256d --device 0,1",
                "--test-pool http://a:1",
                "--test-pool stratum+tcp://127.0.0.1:3333 --algorithm nope",
                "--test-pool stratum2+tcp://127.0.0.1:3333 --algorithm scrypt",
                "--test-pool stratum+tcp://127.0.0.1:3333 --seconds 0",
                "--test-pool stratum+tcp://127.0.0.1:3333 --tls-insecure",
                "--test-pool stratum+tcp://127.0.0.1:3333 --verify sha256d",
                "--verify sha256d --tls-insecure",
                "--verify sha256d --region eu",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --tls-insecure",
                "--pool stratum+ssl://127.0.0.1:3333 --user u --tls-pin abc",
                "--pool stratum+ssl://127.0.0.1:3333 --user u --tls-insecure --tls-pin " + PIN,
                "--pool stratum+tcp://127.0.0.1:3333#eu --user u --region us",
                "--pool stratum+tcp://127.0.0.1:3333#not,a,name --user u",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --allow-move http://there",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --weight 0",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --when never",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --split nope",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --slice-seconds 0",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --with --user v",
                "--pool stratum+tcp://127.0.0.1:3333 --user u --with --pool stratum+tcp://b:1 --user v --device 0",
                "--verify sha256d --with --pool stratum+tcp://127.0.0.1:3333 --user u",
                "--verify sha256d --weight 2",
                "--burn-in --wipe",
                "--burn-in --verify sha256d",
                "--burn-in --with-algorithms nope",
                "--burn-in --memory-percent 96",
                "--burn-in --seconds 0",
                "--wipe --with-algorithms sha256d",
                "--verify sha256d --memory-percent 10"
            })
    void answersBadInputWithOneLineAndCodeTwo(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).startsWith("filon-miner: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void namesThePresentDevicesWhenTheWantedOneIsAbsent() {
        assertThat(run("--verify", "sha256d", "--device", "no such device")).isEqualTo(4);
        assertThat(err.toString()).hasLineCount(1).contains("present: 0 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--power-limit", "--lock-clock"})
    void refusesToLimitADeviceThatNvmlDoesNotManage(String option) {
        // Given
        String[] arguments = {"--pool", "stratum+tcp://127.0.0.1:3333", "--user", "u", "--device", cpu(), option, "250"
        };

        // When
        int code = run(arguments);

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("limits need");
        assertThat(out.toString()).isEmpty();
    }

    private static String cpu() {
        return Devices.present().stream()
                .filter(device -> device.kind() == DeviceKind.CPU)
                .map(device -> String.valueOf(device.index()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsDevices() {
        assertThat(run("--list-devices")).isZero();
        assertThat(out.toString()).startsWith("0  ").contains("compute units");
    }

    @Test
    void verifiesAKernelAndPrintsTheSeed() {
        assertThat(run("--verify", "sha256d", "--pairs", "100", "--seed", "42")).isZero();
        assertThat(out.toString())
                .contains("known answers: 3 agree", "random pairs: 112", "seed 42", "sha256d: verified");
    }

    @Test
    void verifiesAndMeasuresScrypt() {
        assertThat(run("--verify", "scrypt", "--pairs", "16", "--seed", "42")).isZero();
        assertThat(run("--benchmark", "scrypt", "--seconds", "1")).isZero();
        assertThat(out.toString()).contains("known answers: 5 agree", "scrypt: verified", "scrypt on ");
    }

    @Test
    void namesTheAlgorithmsItKnows() {
        assertThat(run("--verify", "nope")).isEqualTo(2);
        assertThat(err.toString()).contains("algorithm nope is not one of: ");
    }

    @Test
    void burnsADeviceInAndTellsItInOneLineOfJson() throws Exception {
        // When
        int code = run(
                "--burn-in",
                "--device",
                cpu(),
                "--with-algorithms",
                "sha256d",
                "--seconds",
                "1",
                "--memory-percent",
                "1",
                "--json");

        // Then
        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString()).hasLineCount(1);
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("passed").asBoolean()).isTrue();
        assertThat(result.at("/checks/1/name").asText()).isEqualTo("memory");
        assertThat(result.at("/benchmarks/0/medianHs").asLong()).isPositive();
        assertThat(result.at("/benchmarks/0/measuredAt").asText()).endsWith("Z");
        assertThat(err.toString()).contains("memory: zeros, 26 of 26 on ", "sha256d: measuring, run 5 of 5");
    }

    @Test
    void wipesADevice() {
        assertThat(run("--wipe", "--device", cpu(), "--memory-percent", "1")).isZero();
        assertThat(out.toString()).contains(": passed", "left as zeros");
    }

    @Test
    void measuresInJson() throws Exception {
        assertThat(run("--benchmark", "sha256d", "--seconds", "1", "--json")).isZero();

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("device").asText()).isNotBlank();
        assertThat(result.path("hashes").asLong()).isPositive();
        assertThat(result.path("hashesPerSecond").asDouble())
                .isEqualTo(
                        result.path("hashes").asLong() / result.path("seconds").asDouble());
    }

    @Test
    void explainsItselfWithExamplesAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "Exit codes:", "--benchmark", "scrypt", "sha256d");
    }
}
