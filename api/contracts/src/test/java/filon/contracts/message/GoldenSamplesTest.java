package filon.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HashRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire form of every message, compared with a file that is never edited once merged. */
class GoldenSamplesTest {
    private static final Path FOLDER = Path.of("src/test/resources/samples");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @ParameterizedTest
    @MethodSource("filon.contracts.message.Samples#messages")
    void messageKeepsItsWireForm(Message message) throws IOException {
        compare(MessageNames.nameOf(message.getClass()), message, Message.class);
    }

    @ParameterizedTest
    @MethodSource("filon.contracts.message.Samples#orders")
    void orderKeepsItsWireForm(HostOrder order) throws IOException {
        compare("order." + order.getClass().getSimpleName(), order, HostOrder.class);
    }

    @Test
    void anOrderThatSaysWhereItMayRunKeepsItsWireForm() throws IOException {
        compare("rental.funded.v1.particular", Samples.particular(), Message.class);
    }

    @Test
    void everyMessageHasASample() {
        // Given
        var sampled = Samples.messages()
                .map(message -> MessageNames.nameOf(message.getClass()))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(sampled).isEqualTo(new TreeSet<>(MessageNames.all().keySet()));
    }

    @Test
    void aGpuGoesOutWithItsMeasuredRatesAndComesBackWithThem() throws IOException {
        // Given
        LeaseNotice.MeasuredRate rate = new LeaseNotice.MeasuredRate(
                Algorithm.SHA256D, HashRate.of(20), HashRate.of(10), HashRate.of(30), Samples.AT);
        LeaseNotice.GpuKnown gpu =
                new LeaseNotice.GpuKnown(Samples.GPU, "pthread", DeviceKind.CPU, 1, null, null, List.of(rate));

        // When
        String written = MAPPER.writeValueAsString(gpu);

        // Then
        assertThat(MAPPER.readTree(written).at("/rates/0/median").asLong()).isEqualTo(20);
        assertThat(MAPPER.readValue(written, LeaseNotice.GpuKnown.class)).isEqualTo(gpu);
    }

    @Test
    void aHostThatSaysWhyItStandsSoKeepsItsWireForm() throws IOException {
        compare("host.known.v1.standing", Samples.standing(), Message.class);
    }

    private static void compare(String name, Object value, Class<?> type) throws IOException {
        // Given
        Path file = FOLDER.resolve(name + ".json");
        String written = MAPPER.writeValueAsString(value) + "\n";
        if (Boolean.getBoolean("samples.write") && Files.notExists(file)) {
            Files.writeString(file, written);
        }

        // When
        Class<?> shape = type == Message.class ? value.getClass() : type;
        Object read = MAPPER.readValue(Files.readString(file), shape);

        // Then
        assertThat(written)
                .as("wire form of %s; add a new version instead of changing it", name)
                .isEqualTo(Files.readString(file));
        assertThat(read).isEqualTo(value);
    }
}
