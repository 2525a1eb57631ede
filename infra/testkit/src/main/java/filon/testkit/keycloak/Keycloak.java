package filon.testkit.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.testkit.Ports;
import filon.testkit.process.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A real Keycloak on 127.0.0.1 with the realm of {@code infra/keycloak/filon-realm.json}.
 *
 * <p>{@link #start} works on a fresh directory and on that of a stopped or killed server. When the realm file has changed since
 * the directory was made, the database is made anew from it and the old one stays beside it; the users of the file keep their ids.
 */
public final class Keycloak {
    public static final String REALM = "filon";
    /** The administrator of the server itself, not of Filon. */
    public static final String ADMIN = "admin";

    public static final String ADMIN_PASSWORD = "local-dev-only";
    /** The secret of the service clients: local-dev-only. */
    public static final String CLIENT_SECRET = "local-dev-only";

    private static final Duration START_WITHIN = Duration.ofSeconds(120);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final int ANSWER_WITHIN_MILLIS = 15_000;

    private final Path home;
    private final int port;
    private final ServerProcess process;

    /**
     * @param data the server's directory; made when missing
     * @param log the file its messages are appended to
     */
    public Keycloak(Path data, Path log, int port) {
        this(data, log, port, false);
    }

    private Keycloak(Path data, Path log, int port, boolean supervised) {
        this.home = data.toAbsolutePath().normalize();
        this.port = port;
        this.process =
                new ServerProcess(new ServerProcess.Plan("Keycloak", log, home.resolve("keycloak.pid"), supervised));
    }

    /** One that does not end with this JVM by itself: the caller stops it in an order of his own. */
    public static Keycloak supervised(Path data, Path log, int port) {
        return new Keycloak(data, log, port, true);
    }

    /** Returns when the realm is served; nothing happens if this one runs already. */
    public void start() throws IOException, InterruptedException {
        if (isAlive()) {
            return;
        }
        process.kill();
        Ports.requireFree("Keycloak", port);
        Files.createDirectories(home);
        KeycloakDistribution distribution = KeycloakDistribution.here();
        setAsideIfOfAnotherRealm(distribution.key());
        distribution.copyDatabase(home);
        process.start(distribution.command(home, port), Map.of(), home);
        process.awaitReady(new KeycloakHealth(port)::answers, START_WITHIN);
    }

    private void setAsideIfOfAnotherRealm(String key) throws IOException {
        Path mark = home.resolve("realm.key");
        Path data = home.resolve("data");
        if (Files.exists(mark) && Files.exists(data)) {
            String before = Files.readString(mark).strip();
            if (!before.equals(key)) {
                Path aside = home.resolve("data.before-" + key);
                filon.testkit.process.Folders.delete(aside);
                Files.move(data, aside);
            }
        }
        Files.writeString(mark, key);
    }

    public void stop() {
        process.stop("TERM", STOP_WITHIN);
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What stands in a token's {@code iss}, and where the realm's configuration is found. */
    public String issuer() {
        return url() + "/realms/" + REALM;
    }

    /**
     * An access token of a person, by the password grant of {@code filon-cli}.
     *
     * @throws IOException if Keycloak refuses; the message has its answer
     */
    public String tokenOf(String user, String password) throws IOException {
        return token(new TreeMap<>(Map.of(
                "grant_type", "password",
                "client_id", "filon-cli",
                "scope", "openid",
                "username", user,
                "password", password)));
    }

    /** An access token of a service itself: {@code api}, {@code provisioning} or {@code billing}. */
    public String tokenOfService(String service) throws IOException {
        return token(new TreeMap<>(Map.of(
                "grant_type", "client_credentials", "client_id", "filon-" + service, "client_secret", CLIENT_SECRET)));
    }

    private String token(Map<String, String> form) throws IOException {
        byte[] body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        URI address = URI.create(issuer() + "/protocol/openid-connect/token");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(ANSWER_WITHIN_MILLIS);
        connection.setReadTimeout(ANSWER_WITHIN_MILLIS);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        connection.setDoOutput(true);
        try {
            connection.getOutputStream().write(body);
            return accessToken(connection, form.get("client_id"));
        } finally {
            connection.disconnect();
        }
    }

    private static String accessToken(HttpURLConnection connection, String client) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("Keycloak gives client " + client + " no token: " + status + " " + text);
            }
            JsonNode token = new ObjectMapper().readTree(text).path("access_token");
            return token.asText();
        }
    }
}
