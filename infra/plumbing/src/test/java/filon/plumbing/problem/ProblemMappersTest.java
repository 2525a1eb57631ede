package filon.plumbing.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import filon.plumbing.RealServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class ProblemMappersTest {
    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/sample");
    }

    private static ValidatableResponse problem(Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .contentType(containsString("application/problem+json"))
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", equalTo("urn:filon:problem:" + code))
                .body("requestId", notNullValue())
                .body(not(containsString("\tat ")))
                .body(not(containsString("secret detail")));
    }

    @ParameterizedTest
    @CsvSource({
        "conflict, 409, conflict",
        "forbidden, 403, forbidden",
        "busy, 503, unavailable",
        "large, 400, malformed-body",
        "broken, 500, internal",
        "error, 500, internal",
        "anything, 500, internal"
    })
    void answersWhatAnOperationThrows(String failure, int status, String code) {
        problem(given().get("/sample/" + failure), status, code);
    }

    @Test
    void asksForATokenWithAChallenge() {
        problem(given().get("/sample/unauthorised"), 401, "unauthenticated").header("WWW-Authenticate", "Bearer");
    }

    @Test
    void namesTheFieldThatIsOutOfRange() {
        problem(post("{\"gpus\": 0}"), 422, "invalid-field").body("errors.pointer", hasItem("/gpus"));
    }

    @Test
    void namesTheFieldOfTheWrongType() {
        problem(post("{\"gpus\": \"many\"}"), 422, "invalid-field").body("errors.pointer", hasItem("/gpus"));
    }

    @Test
    void namesTheFieldThatIsNotKnown() {
        problem(post("{\"gpus\": 1, \"colour\": \"blue\"}"), 422, "invalid-field")
                .body("errors.pointer", hasItem("/colour"))
                .body("detail", containsString("gpus"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"{\"gpus\": ", "nonsense"})
    void saysThatABodyIsNotJson(String body) {
        problem(post(body), 400, "malformed-body");
    }

    @Test
    void knowsUnknownAddressesMethodsAndTypes() {
        problem(given().get("/nowhere"), 404, "not-found");
        problem(given().delete("/sample"), 405, "method-not-allowed");
        problem(given().contentType("text/plain").body("gpus").post("/sample"), 415, "unsupported-media-type");
    }
}
