package filon.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many rentals of one simulated GPU each, ordered as a customer does, and how long their hosts took to obey. */
final class RentalWave {
    private static final long TOP_UP_MICRO_EUR = 5_000_000_000L;
    private static final int ORDERS_AT_ONCE = 4;
    private static final Duration OBEYED_WITHIN = Duration.ofMinutes(5);
    private final LocalPlatform platform;

    RentalWave(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Returns the ids of the rentals. */
    List<String> order(int rentals) throws IOException, InterruptedException {
        String token = platform.customerToken();
        topUp(token);
        List<String> ids = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                ORDERS_AT_ONCE, Thread.ofVirtual().name("order").factory())) {
            List<Future<String>> orders = new ArrayList<>();
            for (int i = 0; i < rentals; i++) {
                Callable<String> order = () -> order(token);
                orders.add(threads.submit(order));
            }
            for (Future<String> order : orders) {
                ids.add(order.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("ordering failed: " + e.getCause().getMessage(), e.getCause());
        }
        return ids;
    }

    private void topUp(String token) throws IOException, InterruptedException {
        String customer = platform.web()
                .get(platform.apiUrl() + "/api/v1/me", token)
                .orFail("asking who the customer is")
                .body()
                .path("customerId")
                .asText();
        platform.web()
                .post(
                        platform.billingUrl() + "/admin/top-ups",
                        platform.operatorToken(),
                        Map.of("customerId", customer, "amountMicroEur", TOP_UP_MICRO_EUR, "reference", "measure"),
                        "measure-" + UUID.randomUUID())
                .orFail("topping up the customer");
    }

    private String order(String token) throws IOException, InterruptedException {
        Map<String, Object> pool = Map.of("address", platform.poolAddress(), "user", "measure", "password", "x");
        Map<String, Object> body =
                Map.of("offer", "opencl-gpu", "gpus", 1, "algorithm", "sha256d", "pools", List.of(pool));
        return platform.web()
                .post(platform.apiUrl() + "/api/v1/rentals", token, body, "measure-" + UUID.randomUUID())
                .orFail("ordering")
                .body()
                .path("id")
                .asText();
    }

    /**
     * How long hosts took from the grant of a lease, which is committed together with its signed order, to the start of its workload;
     * shortest first. Waits until all have obeyed, or should have.
     */
    List<Duration> latencies(int rentals) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + OBEYED_WITHIN.toNanos();
        List<Duration> latencies = look();
        while (latencies.size() < rentals && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            latencies = look();
        }
        return latencies;
    }

    private List<Duration> look() throws IOException, InterruptedException {
        String token = platform.operatorToken();
        List<Duration> latencies = new ArrayList<>();
        for (JsonNode host : get("/admin/hosts", token)) {
            if (host.path("site").asText().equals("simulated")
                    && !host.path("leases").isEmpty()) {
                latencies.addAll(latencies(get("/admin/hosts/" + host.path("id").asText(), token)));
            }
        }
        return latencies.stream().sorted().toList();
    }

    private static List<Duration> latencies(JsonNode host) {
        Map<String, Instant> started = new HashMap<>();
        for (JsonNode event : host.path("events")) {
            if (event.path("kind").asText().equals("WorkloadStarted")) {
                String lease = event.path("detail").asText().replaceAll("^lease ([^,]+),.*$", "$1");
                started.merge(lease, Instant.parse(event.path("at").asText()), RentalWave::earlier);
            }
        }
        List<Duration> latencies = new ArrayList<>();
        for (JsonNode lease : host.path("leases")) {
            Instant start = started.get(lease.path("id").asText());
            if (start != null) {
                latencies.add(
                        Duration.between(Instant.parse(lease.path("grantedAt").asText()), start));
            }
        }
        return latencies;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private JsonNode get(String path, String token) throws IOException, InterruptedException {
        return platform.web()
                .get(platform.provisioningUrl() + path, token)
                .orFail("GET " + path)
                .body();
    }
}
