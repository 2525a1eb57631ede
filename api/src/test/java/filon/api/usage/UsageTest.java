package filon.api.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.rental.Rental;
import filon.api.rental.RentalEvent;
import filon.api.rental.Rentals;
import filon.contracts.message.BillingNotice;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.inbox.MessageHandler;
import filon.testkit.MovableClock;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class UsageTest {
    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    @Inject
    Rentals rentals;

    @Inject
    @All
    List<MessageHandler> handlers;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void prepare() {
        clock.set(StillClock.START);
        scene.price();
    }

    @Test
    @TestSecurity(user = "uma", roles = "customer")
    void showsWhatTheHostSaysAndWhatBillingPosted() {
        // Given
        Rental rental = scene.active(Scene.customer("uma"), HostId.of(UUID.randomUUID()), "rig-u");
        posted(rental, 90, 1);

        // When / Then
        usage(rental)
                .body("state", equalTo("Active"))
                .body("hashrateHs", equalTo(25_000_000))
                .body("acceptedShares", equalTo(12))
                .body("rejectedShares", equalTo(1))
                .body("provenSeconds", equalTo(90))
                .body("costMicroEur", equalTo(9_000))
                .body("priceMicroEurPerGpuHour", equalTo(360_000))
                .body("gpus[0].hashrateHs", equalTo(25_000_000))
                .body("gpus[0].temperatureCelsius", equalTo(61))
                .body("gpus[0].powerMilliwatts", equalTo(142_500));
    }

    @Test
    @TestSecurity(user = "uma", roles = "customer")
    void showsTheNewestCostInWhateverOrderAndNumberItCame() {
        // Given
        Rental rental = scene.active(Scene.customer("uma"), HostId.of(UUID.randomUUID()), "rig-o");

        // When
        posted(rental, 30, 2);
        posted(rental, 90, 5);
        posted(rental, 60, 4);
        posted(rental, 90, 5);

        // Then
        usage(rental).body("provenSeconds", equalTo(90)).body("costMicroEur", equalTo(9_000));
    }

    @Test
    @TestSecurity(user = "uma", roles = "customer")
    void callsNoOldReadingTheHashRateOfNow() {
        // Given
        Rental rental = scene.active(Scene.customer("uma"), HostId.of(UUID.randomUUID()), "rig-s");

        // When
        clock.advance(Duration.ofMinutes(2));

        // Then
        usage(rental).body("hashrateHs", equalTo(0)).body("acceptedShares", equalTo(12));
    }

    @Test
    @TestSecurity(user = "sven", roles = "customer")
    void streamsTheUsageUntilTheRentalIsOver() throws IOException {
        // Given
        Rental rental = scene.active(Scene.customer("sven"), HostId.of(UUID.randomUUID()), "rig-t");
        HttpURLConnection connection =
                (HttpURLConnection) root.resolve("/api/v1/rentals/" + rental.id() + "/usage/stream")
                        .toURL()
                        .openConnection();
        connection.setReadTimeout(20_000);

        // When
        JsonNode first = null;
        JsonNode last = null;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    last = MessageCodec.mapper().readTree(line.substring(5));
                    if (first == null) {
                        first = last;
                        rentals.end(Scene.customer("sven"), rental.id());
                        rentals.hear(rental.id(), new RentalEvent.CostSettled(scene.now()));
                    }
                }
            }
        }

        // Then
        assertThat(first.path("state").asText()).isEqualTo("Active");
        assertThat(last.path("state").asText()).isEqualTo("Ended");
    }

    @Test
    @TestSecurity(user = "bella", roles = "customer")
    void showsTheNewestBalance() {
        // Given
        given().get("/api/v1/balance")
                .then()
                .statusCode(200)
                .body("availableMicroEur", equalTo(0))
                .body("asOf", nullValue());

        // When
        changed(500, 2);
        changed(900, 3);
        changed(100, 1);
        changed(900, 3);

        // Then
        given().get("/api/v1/balance")
                .then()
                .body("availableMicroEur", equalTo(900))
                .body("heldMicroEur", equalTo(7))
                .body("asOf", equalTo(StillClock.START.toString()));
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void staffSeeWhatADevicesSensorsOfferAndNothingElse() {
        // Given
        HostId host = HostId.of(UUID.randomUUID());
        scene.active(Scene.customer("sensed"), host, "sensed");

        // Then
        String sensors = "items.find { it.hostId == '" + host + "' }.gpus[0].sensors";
        given().get("/api/v1/admin/hosts")
                .then()
                .statusCode(200)
                .body(sensors + ".fanPercent", equalTo(55))
                .body(sensors + ".coreMegahertz", equalTo(1_980))
                .body(sensors + ".memoryMegahertz", equalTo(5_001))
                .body(sensors + ".eccErrors", equalTo(0))
                .body(sensors + ".containsKey('xid')", equalTo(false));
    }

    @Test
    void offersGetThePriceThatIsValidNow() {
        // Given
        hear(new BillingNotice.PricePublished(Sku.of("opencl-gpu"), 8, MicroEuro.of(800), StillClock.START));
        hear(new BillingNotice.PricePublished(
                Sku.of("opencl-gpu"), 9, MicroEuro.of(900), StillClock.START.plusSeconds(60)));
        hear(new BillingNotice.PricePublished(Sku.of("opencl-gpu"), 8, MicroEuro.of(800), StillClock.START));

        // When / Then
        String gpu = "items.find { it.sku == 'opencl-gpu' }.";
        given().get("/api/v1/offers").then().body(gpu + "priceMicroEurPerGpuHour", equalTo(800));
        clock.advance(Duration.ofSeconds(60));
        given().get("/api/v1/offers")
                .then()
                .body(gpu + "priceMicroEurPerGpuHour", equalTo(900))
                .body(gpu + "priceVersion", equalTo(9))
                .body(gpu + "deviceKind", equalTo("GPU"))
                .body(gpu + "algorithms[0]", equalTo("sha256d"))
                .body(
                        gpu + "unavailableReason",
                        equalTo("no device is free now; an order waits up to an hour for one"));
    }

    private static ValidatableResponse usage(Rental rental) {
        return given().get("/api/v1/rentals/" + rental.id() + "/usage").then().statusCode(200);
    }

    private void posted(Rental rental, long seconds, long version) {
        hear(new BillingNotice.CostPosted(
                rental.owner(),
                rental.id(),
                seconds,
                Scene.PRICE.costOfSeconds(seconds),
                10,
                0,
                StillClock.START,
                version));
    }

    private void changed(long available, long version) {
        hear(new BillingNotice.BalanceChanged(
                Scene.customer("bella").customerId(), MicroEuro.of(available), MicroEuro.of(7), version));
    }

    /** To everybody who reads this topic, as the platform does. */
    private void hear(BillingNotice notice) {
        handlers.stream()
                .filter(handler -> handler.topics().contains(Topics.BILLING_NOTICES))
                .forEach(handler -> handler.handle(scene.received(Topics.BILLING_NOTICES, notice)));
    }
}
