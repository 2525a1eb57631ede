package filon.provisioning.burnin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BurnInSettingsTest {
    @Test
    void aHostIsBurntInUnlessTheOperatorDecidesOtherwise() throws IOException {
        // Given
        Properties settings = new Properties();

        // When
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(reader);
        }

        // Then
        assertThat(settings.getProperty("filon.host.burn-in-required")).isEqualTo("true");
        assertThat(settings.getProperty("filon.burn-in.benchmark-seconds")).isEqualTo("10");
    }

    @Test
    void refusesAMeasurementOfNoTimeOrOfHours() {
        assertThat(new BurnInTerms(true, 600).benchmarkSeconds()).isEqualTo(600);
        assertThatThrownBy(() -> new BurnInTerms(true, 0)).hasMessageContaining("within 1 to 600");
        assertThatThrownBy(() -> new BurnInTerms(true, 601)).hasMessageContaining("within 1 to 600");
    }
}
