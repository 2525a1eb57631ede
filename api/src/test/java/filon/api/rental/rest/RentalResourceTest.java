package filon.api.rental.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.rental.Maintenance;
import filon.api.rental.Maintenances;
import filon.api.rental.Rental;
import filon.api.rental.RentalEvent;
import filon.api.rental.Rentals;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.testkit.MovableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class RentalResourceTest {
    private static final String GOOD = """
            {"offer":"opencl-cpu","gpus":1,"algorithm":"sha256d",
             "pools":[{"address":"stratum+tcp://127.0.0.1:3333","user":"wallet.rig","password":"hush-local-dev-only"}]}""";

    @Inject
    Scene scene;

    @Inject
    Rentals rentals;

    @Inject
    Maintenances maintenances;

    @Inject
    MovableClock clock;

    @BeforeEach
    void prepare() {
        clock.set(StillClock.START);
        scene.price();
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void ordersAtThePriceOfTheMomentAndAsksBillingToFund() {
        // When
        ValidatableResponse answer = order(UUID.randomUUID().toString(), GOOD);

        // Then
        String id = answer.statusCode(201)
                .body("state", equalTo("Requested"))
                .body("whoseMove", equalTo("provider"))
                .body("reason", equalTo("the order is being funded"))
                .body("since", equalTo(StillClock.START.toString()))
                .body("priceMicroEurPerGpuHour", equalTo(360_000))
                .body("priceVersion", equalTo(1))
                .body("pools[0].address", equalTo(Scene.POOL))
                .body("pools[0].password", nullValue())
                .extract()
                .path("id");
        answer.header("Location", containsString("/api/v1/rentals/" + id));
        assertThat(scene.said(id)).singleElement().isInstanceOfSatisfying(RentalNotice.Requested.class, notice -> {
            assertThat(notice.order().customerId().value()).isEqualTo("cleo");
            assertThat(notice.order().pools().getFirst().password()).isEqualTo("hush-local-dev-only");
        });
        String shown = given().get("/api/v1/rentals/" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(shown).contains("wallet.rig").doesNotContain("hush");
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void tellsEveryStateTheRentalHasBeenInAndWhoseMoveItWas() {
        // Given
        Rental rental = scene.active(Scene.customer("cleo"), HostId.of(UUID.randomUUID()), "alpha");
        rentals.hear(rental.id(), seen(rental, WorkloadState.NO_POOL, "no pool answers"));
        rentals.hear(rental.id(), seen(rental, WorkloadState.NO_POOL, "no pool answers"));
        rentals.hear(rental.id(), seen(rental, WorkloadState.UNKNOWN, "its host is silent"));
        String history = "/api/v1/rentals/" + rental.id() + "/history";

        // Then
        given().get(history)
                .then()
                .statusCode(200)
                .body("items.state", contains("Degraded", "Degraded", "Active", "Placed", "Funded", "Requested"))
                .body("items[0].reason", equalTo("its host is silent"))
                .body("items[0].whoseMove", equalTo("network"))
                .body("items[1].whoseMove", equalTo("pool"))
                .body("items[2].whoseMove", equalTo("nobody"))
                .body("items.nextStep", not(hasItem(nullValue())))
                .body(
                        "items.code",
                        contains(
                                "host-silent",
                                "no-pool-gives-work",
                                "hashing",
                                "host-prepares",
                                "gpus-awaited",
                                "funding-awaited"))
                .body("items.owner", contains("network", "pool", "nobody", "provider", "provider", "provider"))
                .body("nextCursor", nullValue());

        // When
        String cursor = given().get(history + "?limit=4").path("nextCursor");

        // Then
        given().get(history + "?limit=4&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items.state", contains("Funded", "Requested"));
        given().get(history + "?cursor=x").then().statusCode(422).body("errors[0].pointer", equalTo("/query/cursor"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void showsWhatMaintenanceIsAheadOfTheHostOfARentalAndWhatThatMeans() {
        // Given
        Rental rental = scene.active(Scene.customer("cleo"), HostId.of(UUID.randomUUID()), "alpha");
        String path = "/api/v1/rentals/" + rental.id();
        given().get(path).then().statusCode(200).body("maintenance", hasSize(0));

        // When
        maintenances.announced(
                rental.id(),
                new Maintenance(
                        UUID.randomUUID(),
                        rental.lease().orElseThrow().leaseId(),
                        StillClock.START.plusSeconds(3_600),
                        "new fans",
                        "this one goes on"));

        // Then
        given().get(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("Active"))
                .body(
                        "maintenance[0].startsAt",
                        equalTo(StillClock.START.plusSeconds(3_600).toString()))
                .body("maintenance[0].reason", equalTo("new fans"))
                .body("maintenance[0].consequence", equalTo("this one goes on"));
        given().get(path + "/history")
                .then()
                .statusCode(200)
                .body("items[0].state", equalTo("Active"))
                .body("items[0].reason", containsString("new fans; this one goes on"));
    }

    private RentalEvent.WorkSeen seen(Rental rental, WorkloadState state, String reason) {
        return new RentalEvent.WorkSeen(
                clock.instant(), rental.lease().orElseThrow().leaseId(), 1, state, reason, clock.instant());
    }

    @Test
    @TestSecurity(user = "mallory", roles = "customer")
    void keepsTheHistoryOfARentalFromOtherCustomers() {
        Rental rental = scene.ordered(Scene.customer("cleo"));

        given().get("/api/v1/rentals/" + rental.id() + "/history").then().statusCode(404);
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void answersTheSameKeyWithTheSameRental() {
        // Given
        String key = UUID.randomUUID().toString();
        Response first = order(key, GOOD).statusCode(201).extract().response();

        // When
        ValidatableResponse again = order(key, GOOD.replace("\n", " "));

        // Then
        again.statusCode(201)
                .header("Idempotent-Replayed", "true")
                .header("Location", first.header("Location"))
                .body(equalTo(first.asString()));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void refusesAnotherBodyUnderTheSameKey() {
        String key = UUID.randomUUID().toString();
        order(key, GOOD).statusCode(201);
        order(key, GOOD.replace("\"gpus\":1", "\"gpus\":2"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency-key-reused"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void refusesAnOrderWithoutAKeyOrWithAnEndlessOne() {
        order(null, GOOD).statusCode(400).body("code", equalTo("idempotency-key-required"));
        order(" ", GOOD).statusCode(400).body("code", equalTo("idempotency-key-required"));
        order("k".repeat(256), GOOD).statusCode(422);
        order(UUID.randomUUID() + "k".repeat(255 - 36), GOOD).statusCode(201);
    }

    @Test
    @TestSecurity(user = "storm", roles = "customer")
    void makesExactlyOneRentalOfFiftyOrdersWithOneKey() throws Exception {
        // Given
        String key = UUID.randomUUID().toString();
        Callable<String> order =
                () -> order(key, GOOD).statusCode(201).extract().path("id");

        // When
        List<Future<String>> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            answers = threads.invokeAll(java.util.Collections.nCopies(50, order));
        }

        // Then
        List<String> ids = new ArrayList<>();
        for (Future<String> answer : answers) {
            ids.add(answer.get());
        }
        assertThat(ids).hasSize(50).containsOnly(ids.getFirst());
        given().get("/api/v1/rentals").then().body("items.id", contains(ids.getFirst()));
        assertThat(scene.said(ids.getFirst())).hasSize(1);
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void namesEveryFieldThatIsWrongAtOnce() {
        order("k", """
                        {"offer":"moon","gpus":-1,"algorithm":"md5","colour":"red","pools":[
                          {"address":"http://x","user":" ","password":7},
                          {"address":"stratum+tcp://10.1.2.3:3333","user":"u","extra":1}]}""")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-field"))
                .body("retryable", equalTo(false))
                .body(
                        "errors.pointer",
                        containsInAnyOrder(
                                "/offer",
                                "/gpus",
                                "/algorithm",
                                "/colour",
                                "/pools/0/address",
                                "/pools/0/user",
                                "/pools/0/password",
                                "/pools/1/address",
                                "/pools/1/extra"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void namesTheOneFieldThatIsWrong() {
        refused("\"opencl-cpu\"", "\"opencl-cpu \"", "/offer");
        refused("\"opencl-cpu\"", "5", "/offer");
        refused("\"opencl-cpu\"", "null", "/offer");
        refused("\"opencl-cpu\"", "\"\\u0000\"", "/offer");
        refused("\"sha256d\"", "\"scrypt\"", "/algorithm");
        refused("\"gpus\":1", "\"gpus\":0", "/gpus");
        refused("\"gpus\":1", "\"gpus\":-1", "/gpus");
        refused("\"gpus\":1", "\"gpus\":65", "/gpus");
        refused("\"gpus\":1", "\"gpus\":1.5", "/gpus");
        refused("\"gpus\":1", "\"gpus\":\"1\"", "/gpus");
        refused("\"gpus\":1", "\"gpus\":99999999999999999999", "/gpus");
        refused("\"gpus\":1,", "", "/gpus");
        refused("stratum+tcp://127.0.0.1:3333", "", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://127.0.0.1", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://127.0.0.1:0", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://127.0.0.1:70000", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "http://127.0.0.1:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "127.0.0.1:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://127.0.0.1:3333/path", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://127.0.0.1:99999", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "ethproxy+tcp://127.0.0.1:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum2+tcp://127.0.0.1:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://2130706433:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://u:p@pool.example.org:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://127.0.0.2:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://192.168.1.1:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://[::1]:3333", "/pools/0/address");
        refused("stratum+tcp://127.0.0.1:3333", "stratum+tcp://nowhere.invalid:3333", "/pools/0/address");
        refused("wallet.rig", " ", "/pools/0/user");
        refused("wallet.rig", "a b", "/pools/0/user");
        refused("hush-local-dev-only", "\\n", "/pools/0/password");
        order("k", "{\"offer\":\"opencl-cpu\",\"gpus\":1,\"algorithm\":\"sha256d\",\"pools\":[]}")
                .statusCode(422)
                .body("errors.pointer", contains("/pools"));
        order("k", "{\"offer\":\"opencl-cpu\",\"gpus\":1,\"algorithm\":\"sha256d\",\"pools\":[3]}")
                .statusCode(422)
                .body("errors.pointer", contains("/pools/0"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void refusesWhatIsNotJson() {
        for (String body :
                List.of("", " ", "{", "not json", "[]", "3", "null", GOOD + "}", "{\"gpus\":1,\"gpus\":2}")) {
            order("k", body)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("malformed-body"))
                    .body("errors.pointer", contains(""));
        }
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void refusesOtherContentTypes() {
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
            given().config(RestAssured.config()
                            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(type, ContentType.TEXT)))
                    .contentType(type)
                    .header("Idempotency-Key", "k")
                    .body(GOOD)
                    .post("/api/v1/rentals")
                    .then()
                    .statusCode(415)
                    .contentType("application/problem+json")
                    .body("code", equalTo("unsupported-media-type"));
        }
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void refusesABodyThatIsTooLong() {
        order("k", "{\"offer\":\"" + "x".repeat(70_000) + "\"}").statusCode(413);
    }

    @Test
    @TestSecurity(user = "mallory", roles = "customer")
    void showsAnothersRentalAsNone() {
        // Given
        RentalId foreign = scene.ordered(Scene.customer("victim")).id();

        // When / Then
        for (String id :
                List.of(foreign.toString(), UUID.randomUUID().toString(), "1", "not-an-id", "%00", "1-1-1-1-1")) {
            for (String path : List.of("", "/usage", "/usage/stream")) {
                bare().get("/api/v1/rentals/" + id + path)
                        .then()
                        .statusCode(404)
                        .body("code", equalTo("not-found"))
                        .body(not(containsString("victim")));
            }
            bare().delete("/api/v1/rentals/" + id).then().statusCode(404);
            bare().post("/api/v1/rentals/" + id + "/pause").then().statusCode(404);
            bare().post("/api/v1/rentals/" + id + "/resume").then().statusCode(404);
        }
        given().get("/api/v1/rentals").then().body("items", hasSize(0));
        assertThat(scene.said(foreign.toString())).hasOnlyElementsOfType(RentalNotice.Requested.class);
    }

    @Test
    void letsNobodyInWithoutAToken() {
        order("k", GOOD).statusCode(401).body("code", equalTo("unauthenticated"));
        for (String path : List.of(
                "/api/v1/rentals", "/api/v1/rentals/x", "/api/v1/rentals/x/usage", "/api/v1/balance", "/api/v1/me")) {
            given().get(path).then().statusCode(401);
        }
        given().get("/api/v1/admin/hosts").then().statusCode(401);
        given().get("/api/v1/admin/rentals").then().statusCode(401);
        given().get("/api/v1/offers").then().statusCode(200);
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void keepsCustomersOutOfTheStaffsRooms() {
        given().get("/api/v1/admin/hosts").then().statusCode(403).body("code", equalTo("forbidden"));
        given().get("/api/v1/admin/rentals").then().statusCode(403);
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void keepsStaffOutOfCustomersOrders() {
        order("k", GOOD).statusCode(403);
        given().get("/api/v1/rentals").then().statusCode(403);
        given().get("/api/v1/balance").then().statusCode(403);
        given().get("/api/v1/admin/rentals").then().statusCode(200);
        given().get("/api/v1/me").then().statusCode(200).body("roles", contains("operator"));
    }

    @Test
    @TestSecurity(user = "paula", roles = "customer")
    void pagesThroughRentalsNewestFirst() {
        // Given
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // two of one instant: the id decides
            clock.set(StillClock.START.plusSeconds(i / 2));
            newestFirst.addFirst(scene.ordered(Scene.customer("paula")).id().toString());
        }

        // When
        List<String> seen = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            RequestSpecification request = given().queryParam("limit", 2);
            Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).get("/api/v1/rentals");
            seen.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
            pages++;
        } while (cursor != null);

        // Then
        assertThat(pages).isEqualTo(3);
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(newestFirst);
        assertThat(seen.getFirst()).isEqualTo(newestFirst.getFirst());
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void namesTheParameterOfAPageThatCannotBe() {
        for (String limit : List.of("0", "201", "-1", "x", "1e2")) {
            given().queryParam("limit", limit)
                    .get("/api/v1/rentals")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/query/limit"));
        }
        for (String cursor : List.of("x", "!", "AAAA", "MjAyNg")) {
            given().queryParam("cursor", cursor)
                    .get("/api/v1/rentals")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/query/cursor"));
        }
    }

    @Test
    @TestSecurity(user = "ende", roles = "customer")
    void endsARentalOnceHoweverOftenItIsAsked() {
        // Given
        Rental rental = scene.funded(Scene.customer("ende"));

        // When
        bare().delete("/api/v1/rentals/" + rental.id())
                .then()
                .statusCode(202)
                .body("state", equalTo("Ending"))
                .body(
                        "deadline",
                        equalTo(StillClock.START.plusSeconds(72 * 3600).toString()));
        bare().delete("/api/v1/rentals/" + rental.id()).then().statusCode(202);

        // Then
        assertThat(scene.said(rental.id().toString()))
                .hasExactlyElementsOfTypes(
                        RentalNotice.Requested.class, RentalNotice.Funded.class, RentalNotice.Ending.class);
    }

    @Test
    @TestSecurity(user = "paul", roles = "customer")
    void pausesAndResumesARental() {
        Rental rental = scene.funded(Scene.customer("paul"));
        bare().post("/api/v1/rentals/" + rental.id() + "/resume")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("detail", equalTo("the rental is not paused"));
        bare().post("/api/v1/rentals/" + rental.id() + "/pause")
                .then()
                .statusCode(202)
                .body("state", equalTo("Paused"))
                .body("whoseMove", equalTo("customer"));
        bare().post("/api/v1/rentals/" + rental.id() + "/resume")
                .then()
                .statusCode(202)
                .body("state", equalTo("Funded"));
        assertThat(scene.said(rental.id().toString()))
                .hasExactlyElementsOfTypes(
                        RentalNotice.Requested.class,
                        RentalNotice.Funded.class,
                        RentalNotice.Suspended.class,
                        RentalNotice.Funded.class);
    }

    @Test
    void describesItselfWithExamplesOfErrors() {
        String description =
                given().get("/openapi").then().statusCode(200).extract().asString();
        assertThat(description)
                .contains(
                        "/api/v1/rentals/{id}/usage", "idempotency-key-required", "/api/v1/offers", "Idempotency-Key");
        given().get("/api/v1/nothing").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    @TestSecurity(user = "metered", roles = "customer")
    void saysHowItIsAndWhatItDid() {
        order(UUID.randomUUID().toString(), GOOD).statusCode(201);

        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health").then().body("checks.name", hasItem("Database connections health check"));
        assertThat(given().get("/q/metrics").then().statusCode(200).extract().asString())
                .contains(
                        "filon_rental_moves_total{to=\"Requested\"}",
                        "http_server_requests_seconds_count",
                        "uri=\"/api/v1/rentals\"",
                        "agroal_",
                        "jvm_memory_used_bytes");
    }

    private static void refused(String good, String bad, String pointer) {
        assertThat(GOOD).contains(good);
        order("k", GOOD.replace(good, bad))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", contains(pointer));
    }

    private static RequestSpecification bare() {
        return given().contentType(ContentType.JSON).urlEncodingEnabled(false);
    }

    private static ValidatableResponse order(String key, String body) {
        RequestSpecification request = given().contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/api/v1/rentals").then();
    }
}
