package filon.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import filon.billing.meter.UsageIngestion;
import filon.billing.rating.Ratings;
import filon.contracts.message.LeaseNotice;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class AdminApiTest {
    @Inject
    Scene scene;

    @Inject
    UsageIngestion ingestion;

    @Inject
    Ratings ratings;

    @Inject
    MovableClock clock;

    private final String customer = UUID.randomUUID().toString();

    @BeforeEach
    void prepare() {
        clock.set(MovableClock.START);
    }

    @Test
    @TestSecurity(user = "finn", roles = "finance")
    void topsUpOncePerIdempotencyKey() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = topUp(key, topUp(5_000))
                .statusCode(201)
                .body("availableMicroEur", equalTo(5_000))
                .extract()
                .path("entryId");

        // When
        ValidatableResponse again = topUp(key, topUp(5_000));

        // Then
        again.statusCode(201)
                .header("Idempotent-Replayed", "true")
                .body("entryId", equalTo(first))
                .body("availableMicroEur", equalTo(5_000));
        given().get("/admin/customers/{id}/balance", customer)
                .then()
                .statusCode(200)
                .body("availableMicroEur", equalTo(5_000))
                .body("heldMicroEur", equalTo(0));
    }

    @Test
    @TestSecurity(user = "finn", roles = "finance")
    void refusesAnotherBodyUnderTheSameKey() {
        // Given
        String key = UUID.randomUUID().toString();
        topUp(key, topUp(5_000)).statusCode(201);

        // When / Then
        topUp(key, topUp(5_001)).statusCode(422).body("code", equalTo("idempotency-key-reused"));
    }

    @Test
    @TestSecurity(user = "finn", roles = "finance")
    void refusesATopUpWithoutKey() {
        topUp(null, topUp(5_000)).statusCode(400).body("code", equalTo("idempotency-key-required"));
    }

    @Test
    @TestSecurity(user = "finn", roles = "finance")
    void namesTheFieldOfATopUpThatIsNotAllowed() {
        for (long amount : new long[] {0, -5, 10_000_000_001L}) {
            topUp(UUID.randomUUID().toString(), topUp(amount))
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("errors.pointer", hasItem("/amountMicroEur"));
        }
        topUp("k", Map.of("amountMicroEur", 5, "reference", "r"))
                .statusCode(422)
                .body("errors.pointer", contains("/customerId"));
        topUp("k", "{\"customerId\":\"a\\u0000b\",\"amountMicroEur\":5,\"reference\":\"r\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/customerId"));
        topUp("k", "not json").statusCode(400).body("code", equalTo("malformed-body"));
        topUp("k", "").statusCode(422);
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void anOperatorLooksAtBalancesButBooksNothing() {
        topUp("k", topUp(5_000)).statusCode(403).body("code", equalTo("forbidden"));
        given().contentType(ContentType.JSON)
                .body(Map.of("offer", "opencl-cpu", "priceMicroEurPerGpuHour", 1))
                .post("/admin/prices")
                .then()
                .statusCode(403);
        given().get("/admin/customers/{id}/balance", "nobody-" + customer)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        given().urlEncodingEnabled(false)
                .get("/admin/customers/a%00b/balance")
                .then()
                .statusCode(404);
        given().get("/admin/usage/gaps").then().statusCode(200);
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void aCustomerSeesNothingOfIt() {
        topUp("k", topUp(5_000)).statusCode(403);
        given().get("/admin/customers/{id}/balance", "cleo").then().statusCode(403);
        given().get("/admin/rentals/{id}/cost", UUID.randomUUID()).then().statusCode(403);
        given().get("/admin/usage/gaps").then().statusCode(403);
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        topUp("k", topUp(5_000)).statusCode(401);
        given().get("/admin/customers/{id}/balance", "cleo").then().statusCode(401);
        given().get("/admin/rentals/{id}/cost", UUID.randomUUID()).then().statusCode(401);
    }

    @Test
    @TestSecurity(user = "finn", roles = "finance")
    void addsAPriceVersionFromNowOn() {
        // Given
        Map<String, Object> body = Map.of("offer", "api-" + customer, "priceMicroEurPerGpuHour", 77);

        // When / Then
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/admin/prices")
                .then()
                .statusCode(201)
                .body("version", equalTo(1))
                .body("validFrom", equalTo(MovableClock.START.toString()));
        given().contentType(ContentType.JSON)
                .body("{\"offer\":\"opencl-cpu\",\"priceMicroEurPerGpuHour\":1,\"validFrom\":\"2020-01-01T00:00:00Z\"}")
                .post("/admin/prices")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/validFrom"));
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void showsTheCostOfARentalWithItsLines() {
        // Given
        CustomerId renter = scene.customerWith(1_000_000);
        RentalId rental = scene.requested(renter, 1);
        TestHost host = TestHost.fresh();
        GpuId gpu = GpuId.of("gpu-7");
        LeaseNotice.Granted lease = scene.granted(rental, renter, host, gpu);
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -100, -10, false, new Random(5)))));
        ratings.rate(rental);

        // When / Then
        given().get("/admin/rentals/{id}/cost", rental.toString())
                .then()
                .statusCode(200)
                .body("rentalId", equalTo(rental.toString()))
                .body("state", equalTo("Placed"))
                .body("provenSeconds", equalTo(90))
                .body("costMicroEur", equalTo(9_000))
                .body("priceMicroEurPerHour", equalTo(360_000))
                .body("unchargedSeconds", equalTo(0))
                .body("acceptedShares", equalTo(2))
                .body("lines[0].lease", equalTo(lease.leaseId().toString()))
                .body("lines[0].gpu", equalTo("gpu-7"))
                .body("lines[0].coveredMillis", equalTo(90_000))
                .body("lines[0].provenMillis", equalTo(90_000));
        given().get("/admin/rentals/{id}/cost", "not-an-id").then().statusCode(404);
        given().get("/admin/rentals/{id}/cost", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void tellsPrometheusHowManyReportsAreMissing() {
        // Given
        TestHost host = TestHost.fresh();
        host.report();
        ingestion.ingest(List.of(host.report()));

        // When
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();

        // Then
        assertThat(metrics.lines().filter(line -> line.startsWith("filon_usage_reports_missing")))
                .singleElement()
                .satisfies(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .isPositive());
    }

    private Map<String, Object> topUp(long amount) {
        return Map.of("customerId", customer, "amountMicroEur", amount, "reference", "bank 1");
    }

    private static ValidatableResponse topUp(String key, Object body) {
        var request = given().contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/admin/top-ups").then();
    }
}
