package filon.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.HostId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void dataOfTheBrokerListsExactlyTheseTopics() throws IOException {
        // Given
        JsonNode data = new ObjectMapper()
                .readTree(Path.of("../../infra/kafka/topics.json").toFile());
        List<String> names = new ArrayList<>();
        data.findValuesAsText("name").forEach(names::add);

        // Then
        assertThat(names).containsExactlyInAnyOrderElementsOf(Topics.fixed());
    }

    @Test
    void eachEnrolmentHasAPrincipalAndTheFirstTheOneItAlwaysHad() {
        // Given
        HostId host = HostId.of("00000000-0000-4000-8000-00000000000a");

        // Then
        assertThat(Topics.principal(host, 1)).isEqualTo(Topics.principal(host)).isEqualTo("agent-" + host);
        assertThat(Topics.principal(host, 2)).isEqualTo("agent-" + host + "-2");
    }
}
