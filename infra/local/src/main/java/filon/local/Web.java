package filon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** JSON over HTTP to our own services, trusting the platform's own authority for HTTPS. */
public final class Web {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client;

    /** What came back; {@code body} is a missing node when there was none or it is not JSON. */
    public record Answer(int status, JsonNode body, String text, HttpResponse<String> raw) {
        /** @throws IOException with the problem's own words unless the status is 2xx */
        public Answer orFail(String what) throws IOException {
            if (status / 100 != 2) {
                throw new IOException(what + " was answered with " + status + ": "
                        + body.path("detail").asText(text.lines().findFirst().orElse("no body")));
            }
            return this;
        }
    }

    private Web(HttpClient client) {
        this.client = client;
    }

    /** @param authority PEM file; the only authority that HTTPS servers may come from */
    public static Web trusting(Path authority) throws IOException {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            store.setCertificateEntry("authority", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return new Web(HttpClient.newBuilder()
                    .sslContext(context)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IOException("file " + authority + " is not a certificate", e);
        }
    }

    public static Web plain() {
        return new Web(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build());
    }

    public Answer get(String url, String token) throws IOException, InterruptedException {
        return send(request(url, token).GET());
    }

    public Answer delete(String url, String token) throws IOException, InterruptedException {
        return send(request(url, token).DELETE());
    }

    /** @param idempotencyKey null for operations without one */
    public Answer post(String url, String token, Object body, String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(url, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        body instanceof String text ? text : JSON.writeValueAsString(body)));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request);
    }

    /** An access token by the password grant of the local realm's command-line client. */
    public String token(String realmUrl, String user, String password) throws IOException, InterruptedException {
        String form = Map.of(
                        "grant_type", "password",
                        "client_id", "filon-cli",
                        "scope", "openid",
                        "username", user,
                        "password", password)
                .entrySet()
                .stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realmUrl + "/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(request)
                .orFail("signing in as " + user)
                .body()
                .path("access_token")
                .asText();
    }

    private static HttpRequest.Builder request(String url, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), json(response.body()), response.body(), response);
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? JSON.missingNode() : node;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
