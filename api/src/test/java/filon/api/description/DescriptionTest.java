package filon.api.description;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.identity.Caller;
import filon.api.rental.Mover;
import filon.api.rental.Rental;
import filon.api.rental.RentalState;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.problem.ProblemCode;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.testkit.MovableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description is held against the code and against real answers, so that it cannot lie. */
@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class DescriptionTest {
    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    private JsonNode api;

    @BeforeEach
    void read() throws Exception {
        clock.set(StillClock.START);
        api = MessageCodec.mapper()
                .readTree(given().queryParam("format", "json").get("/openapi").asString());
    }

    @Test
    void namesEveryOperationAndNoPage() {
        assertThat(api.path("paths").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/v1/offers",
                        "/api/v1/rentals",
                        "/api/v1/rentals/{id}",
                        "/api/v1/rentals/{id}/history",
                        "/api/v1/rentals/{id}/pause",
                        "/api/v1/rentals/{id}/resume",
                        "/api/v1/rentals/{id}/usage",
                        "/api/v1/rentals/{id}/usage/stream",
                        "/api/v1/balance",
                        "/api/v1/me",
                        "/api/v1/admin/hosts",
                        "/api/v1/admin/rentals");
    }

    @Test
    void everyOperationSaysWhatItDoesWhoMayAndHowItFails() {
        assertThat(api.at("/components/securitySchemes/bearer/scheme").asText()).isEqualTo("bearer");
        operations((path, operation) -> {
            assertThat(operation.path("summary").asText()).as(path).isNotBlank();
            assertThat(operation.path("security").isEmpty()).as(path).isEqualTo(path.equals("/api/v1/offers"));
            operation.path("responses").properties().forEach(response -> {
                String what = path + " " + response.getKey();
                assertThat(response.getValue().path("description").asText())
                        .as(what)
                        .isNotBlank();
                if (response.getKey().compareTo("400") >= 0) {
                    JsonNode problem = response.getValue()
                            .path("content")
                            .path("application/problem+json")
                            .path("schema");
                    assertThat(resolved(problem).path("properties").has("errors"))
                            .as(what)
                            .isTrue();
                }
            });
            assertThat(!path.contains("{id}") || operation.path("responses").has("404"))
                    .as(path + " says 404")
                    .isTrue();
        });
    }

    @Test
    void statesTheLimitsOfAnOrder() {
        JsonNode order = resolved(api.at("/paths/~1api~1v1~1rentals/post/requestBody/content")
                .path("application/json")
                .path("schema"));
        assertThat(texts(order.path("required"))).containsExactlyInAnyOrder("offer", "gpus", "algorithm", "pools");
        assertThat(order.at("/properties/gpus/minimum").asInt()).isEqualTo(1);
        assertThat(order.at("/properties/gpus/maximum").asInt()).isEqualTo(Order.GPU_COUNT_MAX);
        assertThat(order.at("/properties/pools/maxItems").asInt()).isEqualTo(Order.POOLS_MAX);
        JsonNode pool = resolved(order.at("/properties/pools/items"));
        assertThat(texts(pool.path("required"))).containsExactlyInAnyOrder("address", "user");
        assertThat(pool.at("/properties/address/maxLength").asInt()).isEqualTo(255);
        JsonNode key = parameter("post", "Idempotency-Key");
        assertThat(key.path("required").asBoolean()).isTrue();
        assertThat(key.at("/schema/maxLength").asInt()).isEqualTo(255);
        JsonNode limit = parameter("get", "limit");
        assertThat(limit.at("/schema/maximum").asInt()).isEqualTo(200);
        assertThat(limit.at("/schema/default").asInt()).isEqualTo(50);
    }

    @Test
    void saysWhatAMeasuredRateIs() {
        JsonNode rates = api.at("/components/schemas/Offer/properties/measuredRates");
        assertThat(rates.path("type").asText()).isEqualTo("array");
        JsonNode rate = resolved(rates.path("items")).path("properties");
        assertThat(rate.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "algorithm", "medianHs", "lowestHs", "highestHs", "devices", "oldestMeasuredAt");
        assertThat(rate.at("/medianHs/$ref").asText()
                        + rate.at("/medianHs/type").asText())
                .isNotBlank();
    }

    @Test
    void listsEveryStateMoverAndCode() {
        JsonNode rental = api.at("/components/schemas/Rental/properties");
        assertThat(texts(rental.at("/state/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RentalState.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(texts(rental.at("/whoseMove/enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Mover.values()).map(Mover::label).toList());
        assertThat(texts(api.at("/components/schemas/Problem/properties/code/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::code)
                        .toList());
    }

    @Test
    @TestSecurity(
            user = "descartes",
            roles = {"customer", "operator"})
    void answersAreWhatTheDescriptionSays() throws Exception {
        Caller caller = Scene.customer("descartes");
        Rental rental = scene.active(caller, HostId.of(UUID.randomUUID()), "rig-d");
        scene.cost(rental.id(), 90, 1);
        scene.balance(caller, 5, 6);
        for (String path : List.of(
                "/api/v1/offers",
                "/api/v1/rentals",
                "/api/v1/rentals/{id}",
                "/api/v1/rentals/{id}/usage",
                "/api/v1/balance",
                "/api/v1/me",
                "/api/v1/admin/hosts",
                "/api/v1/admin/rentals")) {
            String answer =
                    given().get(path.replace("{id}", rental.id().toString())).asString();
            assertFits(MessageCodec.mapper().readTree(answer), answerTo(path, "200", "application/json"), path);
        }
        String problem = given().get("/api/v1/rentals/" + UUID.randomUUID()).asString();
        assertFits(
                MessageCodec.mapper().readTree(problem),
                answerTo("/api/v1/rentals/{id}", "404", "application/problem+json"),
                "problem");
    }

    @Test
    void examplesFitTheirSchemas() {
        operations((path, operation) -> {
            JsonNode request = operation.path("requestBody").path("content").path("application/json");
            assertExamplesFit(request, path);
            operation.path("responses").forEach(response -> response.path("content")
                    .forEach(content -> assertExamplesFit(content, path)));
        });
    }

    private void assertExamplesFit(JsonNode content, String path) {
        content.path("examples")
                .forEach(example -> assertFits(example.path("value"), content.path("schema"), path + " example"));
    }

    private void assertFits(JsonNode value, JsonNode schema, String where) {
        JsonNode rules = resolved(schema);
        switch (rules.path("type").asText()) {
            case "object" -> {
                assertThat(value.isObject()).as(where).isTrue();
                value.properties().forEach(field -> {
                    JsonNode property = rules.path("properties").path(field.getKey());
                    assertThat(property.isObject())
                            .as(where + "/" + field.getKey() + " is described")
                            .isTrue();
                    assertFits(field.getValue(), property, where + "/" + field.getKey());
                });
                texts(rules.path("required")).forEach(name -> assertThat(value.has(name))
                        .as(where + " has " + name)
                        .isTrue());
            }
            case "array" -> {
                assertThat(value.isArray()).as(where).isTrue();
                value.forEach(item -> assertFits(item, rules.path("items"), where + "/*"));
            }
            case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
            case "string" -> {
                assertThat(value.isTextual()).as(where).isTrue();
                if (rules.has("enum")) {
                    assertThat(texts(rules.path("enum"))).as(where).contains(value.asText());
                }
            }
            default -> throw new AssertionError(where + " has no known type: " + rules);
        }
    }

    private JsonNode answerTo(String path, String status, String type) {
        return api.path("paths")
                .path(path)
                .path("get")
                .path("responses")
                .path(status)
                .path("content")
                .path(type)
                .path("schema");
    }

    private void operations(BiConsumer<String, JsonNode> check) {
        api.path("paths").properties().forEach(path -> path.getValue()
                .forEach(operation -> check.accept(path.getKey(), operation)));
    }

    private JsonNode parameter(String method, String name) {
        return api.path("paths")
                .path("/api/v1/rentals")
                .path(method)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? api.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
