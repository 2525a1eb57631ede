package filon.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Plays the first rental: tops up, orders one device for {@code sha256d} at the practice pool, and watches it. */
final class Demo {
    private static final String CUSTOMER = "demo-customer";
    private static final long TOP_UP_MICRO_EUR = 10_000_000;
    private static final long LOW_BALANCE_MICRO_EUR = 1_000_000;
    private static final long TOKEN_LIFE_NANOS = TimeUnit.SECONDS.toNanos(200);
    private static final Duration AVAILABLE_WITHIN = Duration.ofMinutes(4);
    private static final List<String> FINAL_STATES = List.of("ended", "rejected", "failed");

    private final LocalPlatform platform;
    private final Console console;
    private final long startedAtMillis;
    private final Clock clock;
    private String token;
    private long tokenFrom;
    private Long firstShareMillis;
    private long lastHashrate;

    Demo(LocalPlatform platform, Console console, long startedAtMillis, Clock clock) {
        this.platform = platform;
        this.console = console;
        this.startedAtMillis = startedAtMillis;
        this.clock = clock;
    }

    /** The running demo rental of an earlier run, else a new one. */
    String rental() throws IOException, InterruptedException {
        JsonNode earlier = get("/api/v1/rentals?limit=20").path("items");
        for (JsonNode rental : earlier) {
            if (!isFinal(rental.path("state").asText())
                    && !rental.path("state").asText().equalsIgnoreCase("ending")) {
                console.line("up", "going on with rental " + rental.path("id").asText());
                topUpIfLow();
                return rental.path("id").asText();
            }
        }
        topUpIfLow();
        return order();
    }

    private void topUpIfLow() throws IOException, InterruptedException {
        long available = get("/api/v1/balance").path("availableMicroEur").asLong();
        if (available >= LOW_BALANCE_MICRO_EUR) {
            return;
        }
        String customer = get("/api/v1/me").path("customerId").asText();
        platform.web()
                .post(
                        platform.billingUrl() + "/admin/top-ups",
                        platform.operatorToken(),
                        Map.of("customerId", customer, "amountMicroEur", TOP_UP_MICRO_EUR, "reference", "demo"),
                        "demo-" + UUID.randomUUID())
                .orFail("topping up the demo customer");
        console.line("up", "topped up " + CUSTOMER + " with " + Table.euro(TOP_UP_MICRO_EUR));
    }

    private String order() throws IOException, InterruptedException {
        String offer = availableOffer();
        Map<String, Object> body = Map.of(
                "offer",
                offer,
                "gpus",
                1,
                "algorithm",
                "sha256d",
                "pools",
                List.of(Map.of("address", platform.poolAddress(), "user", "demo.worker", "password", "x")));
        String id = platform.web()
                .post(platform.apiUrl() + "/api/v1/rentals", token(), body, "demo-" + UUID.randomUUID())
                .orFail("ordering")
                .body()
                .path("id")
                .asText();
        console.line("up", "ordered one device of offer " + offer + ": rental " + id);
        return id;
    }

    /** The first offer with a free device; a host is burnt in after its enrolment, before it has one. */
    private String availableOffer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + AVAILABLE_WITHIN.toNanos();
        JsonNode offers = get("/api/v1/offers").path("items");
        while (System.nanoTime() < deadline) {
            for (JsonNode offer : offers) {
                if (offer.path("available").asInt() > 0 && offer.has("priceMicroEurPerGpuHour")) {
                    return offer.path("sku").asText();
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
            offers = get("/api/v1/offers").path("items");
        }
        throw new IOException("no offer has a free device after " + AVAILABLE_WITHIN.toSeconds() + " s: " + offers);
    }

    /** Watches the rental until told to stop or it is over; returns how it stood last. */
    Summary watch(String rental, BooleanSupplier isOver) throws InterruptedException {
        Summary last = summary(rental, null, null);
        long nextPlainLine = 0;
        while (!isOver.getAsBoolean()) {
            try {
                last = look(rental);
                if (console.isTerminal()) {
                    console.show(Table.of(last, get("/api/v1/balance"), usageOf(rental)));
                } else if (System.nanoTime() >= nextPlainLine) {
                    console.say(Table.line(last));
                    nextPlainLine = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                }
                if (isFinal(last.rentalState())) {
                    return last;
                }
            } catch (IOException e) {
                console.line("up", "the API does not answer right now: " + e.getMessage());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            if (Thread.interrupted()) {
                throw new InterruptedException("watching was interrupted");
            }
        }
        return last;
    }

    /** Ends the rental and waits until it is over and its cost stands still. */
    Summary end(String rental) throws IOException, InterruptedException {
        platform.web()
                .delete(platform.apiUrl() + "/api/v1/rentals/" + rental, token())
                .orFail("ending rental " + rental);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Summary last = look(rental);
        while (!(isFinal(last.rentalState()) && isSettled(rental)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
            last = look(rental);
        }
        return look(rental);
    }

    /** Nothing is held any more once billing has settled. */
    private boolean isSettled(String rental) throws IOException, InterruptedException {
        JsonNode cost = platform.web()
                .get(platform.billingUrl() + "/admin/rentals/" + rental + "/cost", platform.operatorToken())
                .body();
        return get("/api/v1/balance").path("heldMicroEur").asLong() == 0
                && cost.path("provenSeconds").asLong()
                        == usageOf(rental).path("provenSeconds").asLong();
    }

    private Summary look(String rental) throws IOException, InterruptedException {
        JsonNode usage = usageOf(rental);
        if (firstShareMillis == null && usage.path("acceptedShares").asLong() > 0) {
            firstShareMillis = clock.millis() - startedAtMillis;
        }
        long hashrate = usage.path("hashrateHs").asLong();
        if (hashrate > 0) {
            lastHashrate = hashrate;
        }
        return summary(rental, usage, firstShareMillis);
    }

    private Summary summary(String rental, JsonNode usage, Long firstShare) {
        JsonNode seen = usage == null ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : usage;
        return new Summary(
                seen.path("acceptedShares").asLong(),
                seen.path("rejectedShares").asLong(),
                seen.path("provenSeconds").asLong(),
                seen.path("costMicroEur").asLong(),
                seen.path("priceMicroEurPerGpuHour").asLong(),
                lastHashrate,
                firstShare,
                rental,
                seen.path("state").asText("unknown"),
                platform.apiUrl(),
                platform.consoleUrl());
    }

    private JsonNode usageOf(String rental) throws IOException, InterruptedException {
        return get("/api/v1/rentals/" + rental + "/usage");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return platform.web()
                .get(platform.apiUrl() + path, token())
                .orFail("GET " + path)
                .body();
    }

    private String token() throws IOException, InterruptedException {
        if (token == null || System.nanoTime() - tokenFrom > TOKEN_LIFE_NANOS) {
            tokenFrom = System.nanoTime();
            token = platform.tokenOf(CUSTOMER);
        }
        return token;
    }

    private static boolean isFinal(String state) {
        return FINAL_STATES.stream().anyMatch(state::equalsIgnoreCase);
    }
}
