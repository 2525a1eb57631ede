package filon.api.catalogue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.api.ApiDatabase;
import filon.api.fleet.Fleet;
import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class MeasuredOffersTest {
    private static final Instant OLD = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NEW = Instant.parse("2026-10-31T12:00:00Z");
    private final HostId host = HostId.of(UUID.randomUUID());

    @Inject
    Fleet fleet;

    @AfterEach
    void takeTheHostAway() {
        know(9, "Retired");
    }

    @Test
    void showsWhatTheFreeDevicesWereMeasuredToHashAndWhen() throws Exception {
        // Given
        know(
                1,
                "Available",
                free(0, rate(100, 90, 110, NEW)),
                free(1, rate(300, 250, 390, OLD)),
                free(2, rate(200, 150, 210, NEW)),
                unmeasured(3),
                leased(4, rate(900, 10, 990, OLD.minusSeconds(60))));

        // When
        JsonNode rates = gpuOffer().path("measuredRates");

        // Then
        assertThat(rates).hasSize(1);
        JsonNode rate = rates.path(0);
        assertThat(rate.path("algorithm").asText()).isEqualTo("sha256d");
        assertThat(rate.path("medianHs").asLong()).isEqualTo(200);
        assertThat(rate.path("lowestHs").asLong()).isEqualTo(90);
        assertThat(rate.path("highestHs").asLong()).isEqualTo(390);
        assertThat(rate.path("devices").asInt()).isEqualTo(3);
        assertThat(rate.path("oldestMeasuredAt").asText()).isEqualTo("2026-10-01T12:00:00Z");
    }

    @Test
    void showsNoRateThatWasNotMeasuredOrNotOnAHostThatTakesRentals() throws Exception {
        // Given
        know(1, "Available", unmeasured(0));
        JsonNode unmeasured = gpuOffer();

        // When
        know(2, "Quarantined", free(0, rate(100, 90, 110, NEW)));
        JsonNode quarantined = gpuOffer();

        // Then
        assertThat(unmeasured.has("measuredRates")).isFalse();
        assertThat(unmeasured.path("available").asInt()).isEqualTo(1);
        assertThat(quarantined.has("measuredRates")).isFalse();
    }

    private static JsonNode gpuOffer() throws Exception {
        String answer = given().get("/api/v1/offers").asString();
        return MessageCodec.mapper()
                .readTree(answer)
                .path("items")
                .valueStream()
                .filter(offer -> offer.path("sku").asText().equals("opencl-gpu"))
                .findFirst()
                .orElseThrow();
    }

    private void know(long version, String state, GpuKnown... gpus) {
        fleet.know(new HostKnown(
                host, "rig-measured", "par1", state, "as the test wants it", NEW, List.of(gpus), version));
    }

    private GpuKnown free(int number, MeasuredRate rate) {
        return gpu(number, null, List.of(rate));
    }

    private GpuKnown unmeasured(int number) {
        return gpu(number, null, null);
    }

    private GpuKnown leased(int number, MeasuredRate rate) {
        return gpu(number, LeaseId.of(UUID.randomUUID()), List.of(rate));
    }

    private GpuKnown gpu(int number, LeaseId lease, List<MeasuredRate> rates) {
        RentalId rental = lease == null ? null : RentalId.of(UUID.randomUUID());
        return new GpuKnown(GpuId.of(host + "/" + number), "card", DeviceKind.GPU, 1L << 30, lease, rental, rates);
    }

    private static MeasuredRate rate(long median, long low, long high, Instant at) {
        return new MeasuredRate(Algorithm.SHA256D, HashRate.of(median), HashRate.of(low), HashRate.of(high), at);
    }
}
