package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.local.LocalPlatform;
import filon.local.Web;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API with tokens of the real Keycloak. */
@ExtendWith(OnRealPlatform.class)
class ApiJourneyTest {
    @Test
    void aRepeatedOrderIsOneRentalThatNobodyElseSees(LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        customer.topUp();
        Map<String, Object> wish = customer.wish();
        String key = UUID.randomUUID().toString();

        // When
        Web.Answer first = customer.post("/rentals", wish, key);
        Web.Answer second = customer.post("/rentals", wish, key);
        String id = first.body().path("id").asText();
        Customer other = new Customer(platform, "second-customer");
        Web.Answer foreign = other.get("/rentals/" + id);
        Web.Answer foreignUsage = other.get("/rentals/" + id + "/usage");
        Web.Answer foreignEnd = other.delete("/rentals/" + id);
        customer.end(id);

        // Then
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().path("id").asText()).isEqualTo(id);
        assertThat(second.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(List.of(foreign, foreignUsage, foreignEnd)).allSatisfy(answer -> assertProblem(answer, 404));
        assertThat(other.get("/rentals").body().path("items").valueStream().map(JsonNode::toString))
                .noneMatch(text -> text.contains(id));
    }

    @Test
    void withoutATokenThereIsNothing(LocalPlatform platform) throws Exception {
        for (String path : List.of("/rentals", "/balance", "/me", "/rentals/" + UUID.randomUUID())) {
            assertProblem(platform.web().get(platform.apiUrl() + "/api/v1" + path, null), 401);
            assertProblem(platform.web().get(platform.apiUrl() + "/api/v1" + path, "no.real.token"), 401);
        }
    }

    @Test
    void anOrderWithoutAKeyOrWithAUsedOneIsRefused(LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        Map<String, Object> wish = new HashMap<>(customer.wish());
        String key = UUID.randomUUID().toString();
        wish.put("gpus", 2);

        // When
        Web.Answer withoutKey = customer.post("/rentals", wish, null);
        Web.Answer first = customer.post("/rentals", wish, key);
        wish.put("gpus", 3);
        Web.Answer reused = customer.post("/rentals", wish, key);

        // Then
        assertProblem(withoutKey, 400);
        assertThat(withoutKey.body().path("code").asText()).isEqualTo("idempotency-key-required");
        assertProblem(reused, 422);
        assertThat(reused.body().path("code").asText()).isEqualTo("idempotency-key-reused");
        if (first.status() == 201) {
            customer.delete("/rentals/" + first.body().path("id").asText());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "algorithm, `\"quick-money\"`, /algorithm",
                "gpus, -1, /gpus",
                "gpus, 0, /gpus",
                "gpus, 1.5, /gpus",
                "pools, `[{\"address\": \"pool without scheme\", \"user\": \"u\"}]`, /pools/0/address",
                "pools, `[{\"address\": \"stratum+tcp://10.0.0.1:3333\", \"user\": \"u\"}]`, /pools/0/address",
                "offer, `\"no-such-offer\"`, /offer"
            })
    void aBadFieldIsNamed(String field, String value, String pointer, LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        Map<String, String> fields = new HashMap<>(Map.of(
                "offer",
                "\"" + customer.freeOffer() + "\"",
                "gpus",
                "1",
                "algorithm",
                "\"sha256d\"",
                "pools",
                "[{\"address\": \"" + platform.poolAddress() + "\", \"user\": \"u\", \"password\": \"x\"}]"));
        fields.put(field, value);
        List<String> members = fields.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .toList();

        // When
        Web.Answer answer = customer.post(
                "/rentals",
                "{" + String.join(", ", members) + "}",
                UUID.randomUUID().toString());

        // Then
        assertThat(answer.status()).isIn(400, 422);
        assertProblem(answer, answer.status());
        assertThat(answer.body().path("errors").valueStream().map(error -> error.path("pointer")
                        .asText()))
                .containsExactly(pointer);
    }

    @Test
    void whatIsNotJsonIsAProblem(LocalPlatform platform) throws Exception {
        Web.Answer answer = Customer.demo(platform)
                .post("/rentals", "{\"offer\": ", UUID.randomUUID().toString());

        assertProblem(answer, 400);
        assertThat(answer.body().path("errors").path(0).path("pointer").asText("absent"))
                .isEmpty();
        assertThat(answer.body().path("detail").asText()).contains("not JSON", "line 1");
    }

    @Test
    void aCustomerIsNoStaffAnywhere(LocalPlatform platform) throws Exception {
        // Given
        String token = Customer.demo(platform).token();
        Map<String, Object> gift = Map.of("customerId", "me", "amountMicroEur", 1_000_000, "reference", "a gift");

        // When
        Web.Answer topUp = platform.web()
                .post(
                        platform.billingUrl() + "/admin/top-ups",
                        token,
                        gift,
                        UUID.randomUUID().toString());
        Web.Answer hosts = platform.web().get(platform.provisioningUrl() + "/admin/hosts", token);
        Web.Answer rentals = platform.web().get(platform.apiUrl() + "/api/v1/admin/rentals", token);

        // Then
        assertThat(List.of(topUp, hosts, rentals)).allSatisfy(answer -> assertProblem(answer, 403));
    }

    private static void assertProblem(Web.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isNotBlank();
        assertThat(answer.body().path("requestId").asText()).isNotBlank();
    }
}
