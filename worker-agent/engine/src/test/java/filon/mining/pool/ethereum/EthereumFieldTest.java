package filon.mining.pool.ethereum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.line.LineMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EthereumFieldTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return LineMessage.JSON.readTree(text);
    }

    @Test
    void padsATargetOf62DigitsOnTheLeft() throws JsonProcessingException {
        assertThat(Field.target(json("\"0x" + "1f".repeat(31) + "\""))).hasToString("00" + "1f".repeat(31));
        assertThat(Field.target(json("\"1\""))).hasToString("0".repeat(63) + "1");
    }

    @Test
    void readsATargetThatIsANumberAsDecimal() throws JsonProcessingException {
        assertThat(Field.target(json("4660"))).hasToString("0".repeat(60) + "1234");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"-1\"",
                "\"0x\"",
                "\"0x10000000000000000000000000000000000000000000000000000000000000000\"",
                "-1",
                "115792089237316195423570985008687907853269984665640564039457584007913129639936",
                "0.5",
                "null",
                "[]",
                "\"0X12\"",
                "\"12 \""
            })
    void refusesWhatIsNoTargetOf256Bits(String text) throws JsonProcessingException {
        JsonNode hostile = json(text);

        assertThatThrownBy(() -> Field.target(hostile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target");
    }

    @Test
    void refusesJobIdsThatCouldBreakALog() throws JsonProcessingException {
        assertThat(Field.jobId(json("\"bf0488aa\""))).isEqualTo("bf0488aa");
        for (String hostile :
                new String[] {"\"a\\nb\"", "\"\\u001b[31m\"", "\"\"", "\"" + "a".repeat(129) + "\"", "7"}) {
            JsonNode id = json(hostile);

            assertThatThrownBy(() -> Field.jobId(id)).hasMessageContaining("job id");
        }
    }

    @Test
    void refusesHashesOfAnotherLength() throws JsonProcessingException {
        assertThat(Field.hash(json("\"0x" + "ab".repeat(32) + "\""), "seed")).hasSize(32);
        JsonNode shortened = json("\"" + "ab".repeat(31) + "\"");

        assertThatThrownBy(() -> Field.hash(shortened, "seed hash")).hasMessage("seed hash has 62 hex digits, not 64");
    }
}
