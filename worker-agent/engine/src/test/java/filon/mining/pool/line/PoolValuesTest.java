package filon.mining.pool.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolValuesTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return LineMessage.JSON.readTree(text);
    }

    @Test
    void takesAJobIdThatIsATextOrAWholeNumber() throws JsonProcessingException {
        assertThat(PoolValues.jobId(json("\"0a1f\""))).isEqualTo("0a1f");
        assertThat(PoolValues.jobId(json("17"))).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"a\\u0007b\"", "\"a\\u202eb\"", "\"a\\nb\"", "null", "[]", "0.5", "true"})
    void refusesAJobIdThatIsNotFitForALog(String id) throws JsonProcessingException {
        JsonNode node = json(id);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolValues.jobId(node))
                .withMessageContaining("job id");
    }

    @Test
    void refusesAnEndlessJobId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolValues.jobId(TextNode.valueOf("a".repeat(129))))
                .withMessageContaining("129 characters");
    }

    @Test
    void takesHexWithAndWithoutItsPrefixInEitherCase() throws JsonProcessingException {
        assertThat(PoolValues.bytes(json("\"0xA0ff\""), 2, "header")).containsExactly(0xa0, 0xff);
        assertThat(PoolValues.bytes(json("\"a0FF\""), 2, "header")).containsExactly(0xa0, 0xff);
    }

    @Test
    void namesTheValueWhoseLengthIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolValues.bytes(TextNode.valueOf("a0"), 2, "header"))
                .withMessage("header has 2 hex digits, not 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolValues.bytes(MissingNode.getInstance(), 2, "header"))
                .withMessage("header is not a text");
    }

    @Test
    void padsAShortTargetOnTheLeft() throws JsonProcessingException {
        assertThat(PoolValues.target(json("\"0xf32fd\""))).hasToString("0".repeat(59) + "f32fd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2147483648", "1.5", "\"7\"", "null", "1e400"})
    void refusesAHeightThatNoBlockHas(String height) throws JsonProcessingException {
        JsonNode node = json(height);

        assertThatIllegalArgumentException().isThrownBy(() -> PoolValues.height(node, Integer.MAX_VALUE));
    }

    @Test
    void takesADifficultyThatIsANumberOrATextOfOne() throws JsonProcessingException {
        assertThat(PoolValues.difficulty(json("0.25"))).isEqualByComparingTo(new BigDecimal("0.25"));
        assertThat(PoolValues.difficulty(json("\"4096\""))).isEqualByComparingTo(new BigDecimal(4096));
    }
}
