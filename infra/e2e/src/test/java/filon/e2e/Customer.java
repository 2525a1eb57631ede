package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import filon.local.LocalPlatform;
import filon.local.Web;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** A customer as the platform meets one: a Keycloak login and the REST API, nothing else. */
final class Customer {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long WALLET_MICRO_EUR = 5_000_000;

    private final LocalPlatform platform;
    private final String user;

    Customer(LocalPlatform platform, String user) {
        this.platform = platform;
        this.user = user;
    }

    static Customer demo(LocalPlatform platform) {
        return new Customer(platform, "demo-customer");
    }

    String token() throws IOException, InterruptedException {
        return platform.tokenOf(user);
    }

    Web.Answer get(String path) throws IOException, InterruptedException {
        return platform.web().get(platform.apiUrl() + "/api/v1" + path, token());
    }

    Web.Answer post(String path, Object body, String key) throws IOException, InterruptedException {
        return platform.web().post(platform.apiUrl() + "/api/v1" + path, token(), body, key);
    }

    Web.Answer delete(String path) throws IOException, InterruptedException {
        return platform.web().delete(platform.apiUrl() + "/api/v1" + path, token());
    }

    /** Wallet and hold together. */
    long money() throws IOException, InterruptedException {
        JsonNode balance = get("/balance").orFail("the balance").body();
        return balance.path("availableMicroEur").asLong()
                + balance.path("heldMicroEur").asLong();
    }

    long held() throws IOException, InterruptedException {
        return get("/balance").orFail("the balance").body().path("heldMicroEur").asLong();
    }

    /** Fills the wallet, through billing as staff do it, and waits until the API knows. */
    void topUp() throws IOException, InterruptedException {
        topUp(WALLET_MICRO_EUR);
    }

    void topUp(long microEuro) throws IOException, InterruptedException {
        long before = money();
        String id = get("/me").orFail("who am I").body().path("customerId").asText();
        platform.web()
                .post(
                        platform.billingUrl() + "/admin/top-ups",
                        platform.operatorToken(),
                        Map.of("customerId", id, "amountMicroEur", microEuro, "reference", "journey"),
                        UUID.randomUUID().toString())
                .orFail("topping up " + user);
        await("top-up of " + user).atMost(PATIENCE).untilAsserted(() -> assertThat(money())
                .isEqualTo(before + microEuro));
    }

    /** The body of an order of one device at the practice pool. */
    Map<String, Object> wish() throws IOException, InterruptedException {
        return Map.of(
                "offer",
                freeOffer(),
                "gpus",
                1,
                "algorithm",
                "sha256d",
                "pools",
                List.of(Map.of("address", platform.poolAddress(), "user", user + ".rig", "password", "x")));
    }

    String order() throws IOException, InterruptedException {
        return post("/rentals", wish(), UUID.randomUUID().toString())
                .orFail("ordering")
                .body()
                .path("id")
                .asText();
    }

    /** The one offer, once its device is free. */
    String freeOffer() {
        JsonNode offer = await("a free device")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> get("/offers")
                                .orFail("offers")
                                .body()
                                .path("items")
                                .path(0),
                        one -> one.path("available").asInt() > 0);
        return offer.path("sku").asText();
    }

    JsonNode usage(String rental) throws IOException, InterruptedException {
        return get("/rentals/" + rental + "/usage").orFail("usage").body();
    }

    JsonNode rental(String rental) throws IOException, InterruptedException {
        return get("/rentals/" + rental).orFail("rental").body();
    }

    JsonNode awaitUsage(String what, String rental, Predicate<JsonNode> condition) {
        return await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(400))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> usage(rental), condition);
    }

    JsonNode awaitShares(String rental, long atLeast) {
        return awaitUsage(
                "accepted shares and proven seconds",
                rental,
                usage -> usage.path("acceptedShares").asLong() >= atLeast
                        && usage.path("provenSeconds").asLong() > 0);
    }

    /** Ends the rental and waits until it is over, its hold is back and its cost stands. */
    JsonNode end(String rental) throws IOException, InterruptedException {
        delete("/rentals/" + rental).orFail("ending " + rental);
        awaitUsage("the end", rental, usage -> usage.path("state").asText().equals("Ended"));
        await("the settlement").atMost(PATIENCE).untilAsserted(() -> assertThat(held())
                .isZero());
        return usage(rental);
    }
}
