package filon.mining.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RigServerTest {
    private final RigServer server = new RigServer(0, SomeFigures::rig);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void tellsFiguresToPrometheus() throws Exception {
        // When
        HttpResponse<String> answer = ask("GET", "/metrics");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("# TYPE filon_hashes_total counter\n")
                .contains("filon_hashes_total{algorithm=\"sha256d\",device=\"0\",name=\"Card \\\"A\\\"\"} 1000000\n")
                .contains("filon_shares_total{algorithm=\"sha256d\",verdict=\"rejected\",cause=\"23\"} 2\n")
                .contains("verdict=\"stale\",cause=\"the pool withdrew the job\"} 1\n")
                .contains("state=\"RUNNING\"} 9.75000\n")
                .contains("filon_power_watts{algorithm=\"sha256d\",device=\"0\",name=\"Card \\\"A\\\"\"} 250.500\n");
    }

    @Test
    void writesEachMetricsHeadOnceAndEachSampleOnALineOfItsOwn() throws Exception {
        String text = ask("GET", "/metrics").body();

        assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("[a-z_]+(\\{.*\\})? [-+0-9.e]+"));
    }

    @Test
    void tellsFiguresAsJson() throws Exception {
        JsonNode figures = new ObjectMapper().readTree(ask("GET", "/figures").body());

        JsonNode device = figures.at("/miners/0/devices/0");
        assertThat(figures.at("/miners/0/shares/accepted").asLong()).isEqualTo(17);
        assertThat(device.at("/work/hashes").asLong()).isEqualTo(1_000_000);
        assertThat(device.at("/secondsOf/RUNNING").asDouble()).isEqualTo(9.75);
        assertThat(device.at("/sensors/temperatureCelsius").asInt()).isEqualTo(61);
    }

    @Test
    void changesNothingWhateverIsAsked() throws Exception {
        assertThat(ask("POST", "/figures").statusCode()).isEqualTo(405);
        assertThat(ask("DELETE", "/").headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(ask("HEAD", "/metrics").body()).isEmpty();
    }

    @Test
    void answersUnknownPathsWithAProblem() throws Exception {
        HttpResponse<String> answer = ask("GET", "/nope");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .contains("/metrics");
    }

    @Test
    void namesAPortThatIsTaken() {
        assertThatThrownBy(() -> new RigServer(server.port(), SomeFigures::rig))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + server.port());
    }
}
