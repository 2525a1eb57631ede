package filon.api.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.rental.Rental;
import filon.contracts.message.RentalNotice;
import filon.contracts.value.HostId;
import filon.testkit.MovableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class PagesTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" value=\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void prepare() {
        clock.set(StillClock.START);
        scene.price();
    }

    @Test
    void welcomesEverybodyWithOffersAndPrices() {
        page("/")
                .statusCode(200)
                .contentType(ContentType.HTML)
                .body(containsString("opencl-cpu"))
                .body(containsString("0.36 €"))
                .body(containsString("/my/rentals"))
                .body(containsString("/console/fleet"));
    }

    @Test
    void letsNoPageRunWhatIsNotOurs() {
        // When
        Response front = page("/").extract().response();

        // Then
        assertThat(front.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(front.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(front.header("Cache-Control")).isEqualTo("no-store");
        assertThat(front.asString())
                .doesNotContain(" style=", "<style", " onclick=", "javascript:")
                .doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void servesWhatThePagesNeed() {
        for (String path : new String[] {
            "/filon/filon.css", "/filon/live.js", "/filon/mark.svg", "/webjars/htmx.org/dist/htmx.min.js"
        }) {
            given().get(path).then().statusCode(200);
        }
    }

    @Test
    void letsNobodyInWithoutSigningIn() {
        for (String path :
                new String[] {"/console/fleet", "/console/rentals", "/console/fleet/stream", "/my/rentals"}) {
            given().redirects().follow(false).get(path).then().statusCode(401);
        }
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void showsCustomersADoorThatIsClosedAsAPage() {
        page("/console/fleet")
                .statusCode(403)
                .contentType(ContentType.HTML)
                .body(containsString("This page is for staff"))
                .body(containsString("You are signed in as cleo"))
                .body(containsString("href=\"/my/rentals\""));
        page("/my/nothing").statusCode(404).contentType(ContentType.HTML).body(containsString("<h1>"));
        given().accept("*/*").get("/console/fleet").then().statusCode(403).contentType("application/problem+json");
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void showsStaffTheFleetWithReasonsAndReadings() {
        // Given
        HostId idle = HostId.of(UUID.randomUUID());
        HostId busy = HostId.of(UUID.randomUUID());
        scene.host(idle, "rig-idle", 1, null, null);
        Rental rental = scene.active(Scene.customer("fleet-customer"), busy, "rig-<busy>");
        clock.advance(java.time.Duration.ofSeconds(5));

        // When / Then
        page("/console/fleet")
                .statusCode(200)
                .body(containsString("rig-idle"))
                .body(containsString("passed its burn-in"))
                .body(containsString("rig-&lt;busy&gt;"))
                .body(not(containsString("rig-<busy>")))
                .body(containsString("25.00 MH/s"))
                .body(containsString("25\u202f000\u202f000 H/s"))
                .body(containsString("61 °C"))
                .body(containsString("142.5 W"))
                .body(containsString("5 s ago"))
                .body(containsString(rental.id().toString().substring(0, 8)));
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void tellsStaffWhyAHostDoesNotWorkOnWhoseSideThatLiesAndWhatComesNext() {
        // Given
        HostId host = HostId.of(UUID.randomUUID());
        scene.quarantined(host, "rig-hot");

        // When / Then
        page("/console/fleet")
                .statusCode(200)
                .body(containsString("<code>BURN_IN_FAILED</code> on the side of the <b>provider</b>"))
                .body(containsString("Next: replace it"))
                .body(containsString("title=\"RATE_FALLEN: hashes 700 H/s; next: cool it\">Degraded</span>"));
        String found = "items.find { it.hostId == '" + host + "' }.";
        given().get("/api/v1/admin/hosts")
                .then()
                .statusCode(200)
                .body(found + "standing.code", equalTo("BURN_IN_FAILED"))
                .body(found + "standing.owner", equalTo("provider"))
                .body(found + "standing.nextStep", equalTo("replace it"))
                .body(found + "gpus[0].standing.state", equalTo("Degraded"));
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void keepsTheFleetLiveByAStream() throws IOException {
        // Given
        HostId host = HostId.of(UUID.randomUUID());
        scene.host(host, "rig-streamed", 1, null, null);
        HttpURLConnection connection = (HttpURLConnection)
                root.resolve("/console/fleet/stream").toURL().openConnection();
        connection.setReadTimeout(60_000);

        // When
        List<String> events = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            events.add(event(lines));
            scene.host(host, "rig-renamed-while-watched", 2, null, null);
            do {
                events.add(event(lines));
            } while (!events.getLast().contains("rig-renamed-while-watched") && events.size() < 20);
        }

        // Then
        assertThat(connection.getContentType()).startsWith("text/event-stream");
        assertThat(events.getFirst()).startsWith("data:").contains("rig-streamed", "<article");
        assertThat(events.getLast()).contains("rig-renamed-while-watched").doesNotContain("rig-streamed");
    }

    @Test
    @TestSecurity(user = "olga", roles = "operator")
    void showsStaffTheRentalsOfAllCustomers() {
        // Given
        Rental rental = scene.active(Scene.customer("anna"), HostId.of(UUID.randomUUID()), "rig-a");
        scene.cost(rental.id(), 90, 1);

        // When / Then
        for (String path : new String[] {"/console/rentals", "/console/rentals/table"}) {
            page(path)
                    .statusCode(200)
                    .body(containsString(rental.id().toString()))
                    .body(containsString("anna"))
                    .body(containsString("Active"))
                    .body(containsString("1 min 30 s"))
                    .body(containsString("0.009 €"))
                    .body(containsString("9\u202f000 micro-EUR"));
        }
    }

    @Test
    @TestSecurity(user = "mine", roles = "customer")
    void showsCustomersTheirRentalsSharesAndMoney() {
        // Given
        Rental rental = scene.active(Scene.customer("mine"), HostId.of(UUID.randomUUID()), "rig-m");
        scene.cost(rental.id(), 90, 1);
        scene.balance(Scene.customer("mine"), 12_345_678, 360_000);
        Rental foreign = scene.ordered(Scene.customer("other"));

        // When / Then
        page("/my/rentals")
                .statusCode(200)
                .body(containsString("12.35 €"))
                .body(containsString("12\u202f345\u202f678 micro-EUR"))
                .body(containsString("25.00 MH/s"))
                .body(containsString("0.009 €"))
                .body(containsString(rental.id().toString()))
                .body(not(containsString(foreign.id().toString())))
                .body(not(containsString("pool-secret")));
    }

    @Test
    @TestSecurity(user = "former", roles = "customer")
    void ordersByFormOnceHoweverOftenItIsSent() {
        // Given
        Response form = page("/my/rentals").extract().response();
        Map<String, String> fields = fields(form);
        fields.put("key", found(KEY, form));

        // When
        submit(form, "/my/rentals", fields).statusCode(303);
        submit(form, "/my/rentals", fields).statusCode(303);

        // Then
        String list = page("/my/rentals/list").statusCode(200).extract().asString();
        assertThat(list.split("<article")).hasSize(2);
        assertThat(list).contains("Requested", "the order is being funded");
    }

    @Test
    @TestSecurity(user = "former", roles = "customer")
    void showsTheFormAgainWithEveryMistakeBesideItsField() {
        // Given
        Response form = page("/my/rentals").extract().response();
        Map<String, String> fields = fields(form);
        fields.put("key", found(KEY, form));
        fields.put("gpus", "many");
        fields.put("address", "stratum+tcp://10.0.0.1:3333");
        fields.put("user", "\"><b>");

        // When / Then
        submit(form, "/my/rentals", fields)
                .statusCode(422)
                .contentType(ContentType.HTML)
                .body(containsString("gpus is not a whole number"))
                .body(containsString("lies in the forbidden range 10.0.0.0/8"))
                .body(containsString("&quot;&gt;&lt;b&gt;"))
                .body(not(containsString("hush")));
    }

    @Test
    @TestSecurity(user = "former", roles = "customer")
    void refusesAFormWithoutItsToken() {
        // Given
        Response form = page("/my/rentals").extract().response();
        Map<String, String> fields = fields(form);
        fields.put("csrf-token", "forged");

        // When / Then
        submit(form, "/my/rentals", fields).statusCode(400);
        fields.remove("csrf-token");
        submit(form, "/my/rentals", fields).statusCode(400);
    }

    @Test
    @TestSecurity(user = "ender", roles = "customer")
    void pausesResumesAndEndsByForm() {
        // Given
        Rental rental = scene.funded(Scene.customer("ender"));
        Response form = page("/my/rentals").extract().response();
        Map<String, String> token = Map.of("csrf-token", found(TOKEN, form));

        // When
        for (String what : new String[] {"pause", "resume", "end"}) {
            submit(form, "/my/rentals/" + rental.id() + "/" + what, token).statusCode(303);
        }

        // Then
        assertThat(scene.said(rental.id().toString()).getLast()).isInstanceOf(RentalNotice.Ending.class);
        submit(form, "/my/rentals/" + UUID.randomUUID() + "/end", token).statusCode(404);
    }

    private static ValidatableResponse page(String path) {
        return given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .get(path)
                .then();
    }

    private static Map<String, String> fields(Response form) {
        return new HashMap<>(Map.of(
                "csrf-token",
                found(TOKEN, form),
                "offer",
                "opencl-cpu",
                "gpus",
                "1",
                "algorithm",
                "sha256d",
                "address",
                Scene.POOL,
                "user",
                "wallet.rig",
                "password",
                "hush-local-dev-only"));
    }

    private static ValidatableResponse submit(Response form, String path, Map<String, String> fields) {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .cookies(form.getCookies())
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(fields)
                .post(path)
                .then();
    }

    private static String found(Pattern pattern, Response response) {
        Matcher matcher = pattern.matcher(response.asString());
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    /** The lines up to the empty one that ends an event. */
    private static String event(BufferedReader lines) throws IOException {
        StringBuilder event = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !event.isEmpty()) {
                break;
            }
            event.append(line);
        }
        return event.toString();
    }
}
