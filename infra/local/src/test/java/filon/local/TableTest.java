package filon.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Summary SUMMARY = new Summary(
            112,
            0,
            57,
            5_700,
            360_000,
            85_955_849,
            23_739L,
            "85f6902d-66ef-4718-85e1-eb018ba3eaf3",
            "Active",
            "http://127.0.0.1:18080",
            "http://127.0.0.1:18080/console/fleet");

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void showsSharesProvenSecondsCostAndBalance() throws Exception {
        List<String> table = Table.of(
                SUMMARY,
                json("{\"availableMicroEur\": 9000000, \"heldMicroEur\": 994300}"),
                json("{\"gpus\": [{\"temperatureCelsius\": 61, \"powerMilliwatts\": 250500}]}"));

        assertThat(String.join("\n", table))
                .contains("Active", "85.96 MH/s", "112 / 0", "61 °C", "250.5 W", "57", "0.005700 EUR", "0.994300 EUR");
    }

    @Test
    void isARectangleHoweverLongTheReason() throws Exception {
        List<String> table = Table.of(SUMMARY, json("{}"), json("{\"reason\": \"" + "long ".repeat(60) + "\"}"));

        assertThat(table)
                .extracting(String::length)
                .containsOnly(table.getFirst().length());
        assertThat(String.join("\n", table)).contains("…");
    }

    @Test
    void leavesOutReadingsThatTheDeviceDoesNotHave() throws Exception {
        List<String> table = Table.of(SUMMARY, json("{}"), json("{\"gpus\": [{}]}"));

        assertThat(String.join("\n", table)).doesNotContain("temperature", "power");
    }

    @Test
    void provesNothingWithoutSharesOrWithoutCost() {
        assertThat(SUMMARY.isProof()).isTrue();
        assertThat(new Summary(0, 0, 0, 0, 1, 0, null, "r", "Ended", "a", "c").isProof())
                .isFalse();
        assertThat(new Summary(3, 0, 0, 0, 1, 0, 5L, "r", "Ended", "a", "c").isProof())
                .isFalse();
    }
}
