package filon.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Brings a fleet of simulated hosts onto the platform: invites those that are not enrolled, as an operator does, and waits until all can
 * be leased.
 *
 * <p>Tokens last ten minutes only, so just some hosts have one that they have not spent. What is done already is seen on the disk: the
 * next start goes on there.
 */
final class SimulatedFleet {
    private static final int UNSPENT_MAX = 64;
    private static final int INVITATIONS_AT_ONCE = 8;
    private static final Duration TOKEN_GOOD_FOR = Duration.ofMinutes(9);
    private static final Duration OPERATOR_TOKEN_GOOD_FOR = Duration.ofSeconds(100);
    private static final Duration AVAILABLE_WITHIN = Duration.ofMinutes(30);
    /** Some of them may never be. */
    private static final Duration FAULTY_AVAILABLE_WITHIN = Duration.ofMinutes(1);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Set<String> LEASABLE = Set.of("Available", "Reserved", "InService");

    private final LocalPlatform platform;
    private final FleetWish wish;
    private final Console console;
    private final Clock clock;
    private String operatorToken = "";
    private Instant operatorTokenFrom = Instant.MIN;
    private long nextProgress;

    SimulatedFleet(LocalPlatform platform, FleetWish wish, Console console, Clock clock) {
        this.platform = platform;
        this.wish = wish;
        this.console = console;
        this.clock = clock;
    }

    /**
     * What became of it.
     *
     * @param enrolled after so long all had an identity
     * @param available and after so long all could be leased
     * @param states how many hosts are in which state
     */
    record Outcome(int hosts, Duration enrolled, Duration available, Map<String, Integer> states) {
        /** Whether all of them can be leased. */
        boolean isWhole() {
            return LEASABLE.containsAll(states.keySet());
        }
    }

    /** Starts the fleet and returns when all its hosts can be leased, or when they should have been for long. */
    Outcome start() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        platform.startFleet(wish);
        invite();
        Duration enrolled = Duration.ofNanos(System.nanoTime() - begun);
        Duration patience = wish.faults().isEmpty() ? AVAILABLE_WITHIN : FAULTY_AVAILABLE_WITHIN;
        Map<String, Integer> states = awaitAvailable(System.nanoTime() + patience.toNanos());
        Outcome outcome = new Outcome(wish.hosts(), enrolled, Duration.ofNanos(System.nanoTime() - begun), states);
        console.say(String.format(
                "  %d simulated hosts with %d GPUs of offer opencl-gpu: enrolled after %.1f s, %s after %.1f s",
                wish.hosts(),
                wish.hosts() * wish.gpusPerHost(),
                outcome.enrolled().toMillis() / 1e3,
                outcome.isWhole() ? "available" : "still " + states,
                outcome.available().toMillis() / 1e3));
        return outcome;
    }

    /** Level-triggered: who has neither an identity nor a good token gets a token, until all have an identity. */
    private void invite() throws IOException, InterruptedException {
        List<String> strangers = strangers();
        while (!strangers.isEmpty()) {
            List<String> tokenless = new ArrayList<>();
            for (String host : strangers) {
                if (!hasGoodToken(host)) {
                    tokenless.add(host);
                }
            }
            int unspent = strangers.size() - tokenless.size();
            invite(tokenless.subList(0, Math.clamp(UNSPENT_MAX - unspent, 0, tokenless.size())));
            progress((wish.hosts() - strangers.size()) + " of " + wish.hosts() + " simulated hosts are enrolled");
            pause();
            strangers = strangers();
        }
    }

    private List<String> strangers() {
        return IntStream.rangeClosed(1, wish.hosts())
                .mapToObj(number -> String.format("sim-%04d", number))
                .filter(host -> Files.notExists(
                        platform.fleetFolder().resolve("hosts").resolve(host).resolve("identity/identity.json")))
                .toList();
    }

    private Path token(String host) {
        return platform.fleetFolder().resolve("tokens").resolve(host);
    }

    private boolean hasGoodToken(String host) throws IOException {
        Path token = token(host);
        return Files.exists(token)
                && Files.getLastModifiedTime(token)
                        .toInstant()
                        .plus(TOKEN_GOOD_FOR)
                        .isAfter(clock.instant());
    }

    private void invite(List<String> hosts) throws IOException, InterruptedException {
        String operator = operatorToken();
        Files.createDirectories(platform.fleetFolder().resolve("tokens"));
        try (ExecutorService threads = Executors.newFixedThreadPool(
                INVITATIONS_AT_ONCE, Thread.ofVirtual().name("invite").factory())) {
            List<Future<Void>> invitations = new ArrayList<>();
            for (String host : hosts) {
                Callable<Void> invitation = () -> {
                    invite(host, operator);
                    return null;
                };
                invitations.add(threads.submit(invitation));
            }
            for (Future<Void> invitation : invitations) {
                invitation.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "a simulated host cannot be invited: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** The serial number that is expected is the one that its agent will tell: nobody has to confirm it. */
    private void invite(String host, String operator) throws IOException, InterruptedException {
        String token = platform.web()
                .post(
                        platform.provisioningUrl() + "/admin/enrolment-tokens",
                        operator,
                        Map.of("name", host, "site", "simulated", "serial", host),
                        null)
                .orFail("inviting " + host)
                .body()
                .path("token")
                .asText();
        Path file = token(host);
        Path draft = file.resolveSibling("." + host);
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, token + "\n");
        Files.move(
                draft,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, Integer> awaitAvailable(long deadline) throws IOException, InterruptedException {
        Map<String, Integer> states = states();
        while (!(LEASABLE.containsAll(states.keySet()) && isComplete(states)) && System.nanoTime() < deadline) {
            progress("simulated hosts: " + states);
            pause();
            long asked = System.nanoTime();
            states = states();
            // the list costs provisioning something: it gets as much time for other things
            LockSupport.parkNanos(System.nanoTime() - asked);
        }
        return states;
    }

    private boolean isComplete(Map<String, Integer> states) {
        return states.values().stream().mapToInt(Integer::intValue).sum() >= wish.hosts();
    }

    /** Those that are not heard of count as silent, whatever their state. */
    private Map<String, Integer> states() throws IOException, InterruptedException {
        Map<String, Integer> states = new TreeMap<>();
        JsonNode hosts = platform.web()
                .get(platform.provisioningUrl() + "/admin/hosts", operatorToken())
                .orFail("listing the hosts")
                .body();
        for (JsonNode host : hosts) {
            if (host.path("site").asText().equals("simulated")) {
                boolean isOnline = host.path("connectivity").asText().equals("ONLINE");
                states.merge(isOnline ? host.path("state").asText() : "silent", 1, Integer::sum);
            }
        }
        return states;
    }

    private String operatorToken() throws IOException, InterruptedException {
        Instant now = clock.instant();
        if (operatorTokenFrom.plus(OPERATOR_TOKEN_GOOD_FOR).isBefore(now)) {
            operatorToken = platform.operatorToken();
            operatorTokenFrom = now;
        }
        return operatorToken;
    }

    private void progress(String text) {
        if (System.nanoTime() >= nextProgress) {
            console.line("up", text);
            nextProgress = System.nanoTime() + PROGRESS_NANOS;
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(LOOK_NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException("waiting for simulated hosts was interrupted");
        }
    }
}
