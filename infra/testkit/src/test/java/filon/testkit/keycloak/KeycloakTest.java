package filon.testkit.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.testkit.Ports;
import filon.testkit.process.Folders;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakTest {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    /** With the challenge above: the example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static Path folder;
    private static Keycloak keycloak;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("filon-keycloak");
        keycloak = new Keycloak(folder.resolve("keycloak"), folder.resolve("keycloak.log"), Ports.free());
        keycloak.start();
    }

    @AfterAll
    static void end() throws IOException {
        keycloak.kill();
        Folders.delete(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "demo-customer,f1104000-0000-4000-8000-000000000101,customer",
        "second-customer,f1104000-0000-4000-8000-000000000102,customer",
        "demo-operator,f1104000-0000-4000-8000-000000000103,operator finance admin"
    })
    void givesDemoUsersTheirIdAndRoles(String user, String id, String roles) throws Exception {
        // When
        JsonNode claims = claims(keycloak.tokenOf(user, user));

        // Then
        List<String> granted = texts(claims.path("realm_access").path("roles"));
        assertThat(granted).contains(roles.split(" "));
        assertThat(granted.contains("customer")).isEqualTo(roles.contains("customer"));
        assertThat(granted.contains("admin")).isEqualTo(roles.contains("admin"));
        assertThat(claims.path("sub").asText()).isEqualTo(id);
        assertThat(claims.path("preferred_username").asText()).isEqualTo(user);
        assertThat(claims.path("iss").asText()).isEqualTo(keycloak.issuer());
        assertThat(texts(claims.path("aud"))).contains("filon");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "provisioning", "billing"})
    void givesServicesTokensOfTheirOwn(String service) throws Exception {
        // When
        JsonNode claims = claims(keycloak.tokenOfService(service));

        // Then
        assertThat(claims.path("azp").asText()).isEqualTo("filon-" + service);
        assertThat(claims.path("sub").asText()).isNotBlank();
        assertThat(texts(claims.path("aud"))).contains("filon");
        assertThat(texts(claims.path("realm_access").path("roles"))).doesNotContain("customer", "operator", "admin");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> keycloak.tokenOf("demo-customer", "other"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("400")
                .hasMessageContaining("invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:45678/console/callback", "http://localhost:8080/x", "http://127.0.0.1/"})
    void letsThePagesComeBackToAnyLoopbackPort(String address) throws Exception {
        assertThat(authorise(address, "&code_challenge_method=S256&code_challenge=" + CHALLENGE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(logout(address).statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:8080/x",
                "https://example.com/x",
                "http://127.0.0.1.example.com/x",
                "http://127.0.0.1@example.com/x"
            })
    void refusesToSendThePagesElsewhere(String address) throws Exception {
        assertThat(authorise(address, "&code_challenge_method=S256&code_challenge=" + CHALLENGE)
                        .statusCode())
                .isEqualTo(400);
        assertThat(logout(address).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesThePagesWithoutProofKey() throws Exception {
        // When
        HttpResponse<String> answer = authorise("http://127.0.0.1:45678/back", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("error=invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "provisioning", "billing"})
    void givesAServiceNothingWithoutItsSecret(String service) throws Exception {
        for (String secret : List.of("", "&client_secret=other")) {
            // When
            HttpResponse<String> answer = post(
                    keycloak.issuer() + "/protocol/openid-connect/token",
                    "grant_type=client_credentials&client_id=filon-" + service + secret,
                    "");

            // Then
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("unauthorized_client");
        }
    }

    @ParameterizedTest
    @CsvSource({"demo-customer,customer", "demo-operator,operator finance admin"})
    void signsAPersonInAndOutAtThePages(String user, String roles) throws Exception {
        // Given
        String back = "http://127.0.0.1:45678/console/signed-in";
        HttpResponse<String> page = authorise(back, "&code_challenge_method=S256&code_challenge=" + CHALLENGE);
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        Matcher form = Pattern.compile("action=\"([^\"]+)\"").matcher(page.body());
        assertThat(form.find()).as("the page has a form").isTrue();

        // When
        HttpResponse<String> signedIn =
                post(form.group(1).replace("&amp;", "&"), "username=" + user + "&password=" + user, cookies);
        String landed = signedIn.headers().firstValue("Location").orElseThrow();
        String code = landed.replaceAll(".*[?&]code=([^&]+).*", "$1");
        JsonNode tokens = new ObjectMapper()
                .readTree(post(
                                keycloak.issuer() + "/protocol/openid-connect/token",
                                "grant_type=authorization_code&client_id=filon-pages&code=" + code + "&code_verifier="
                                        + VERIFIER + "&redirect_uri=" + encoded(back),
                                "")
                        .body());
        HttpResponse<String> signedOut = get(keycloak.issuer()
                + "/protocol/openid-connect/logout?id_token_hint="
                + tokens.path("id_token").asText()
                + "&post_logout_redirect_uri=" + encoded("http://127.0.0.1:45678/"));

        // Then
        assertThat(landed).startsWith(back + "?");
        JsonNode claims = claims(tokens.path("access_token").asText());
        assertThat(texts(claims.path("realm_access").path("roles"))).contains(roles.split(" "));
        assertThat(texts(claims.path("aud"))).contains("filon");
        assertThat(claims.path("azp").asText()).isEqualTo("filon-pages");
        assertThat(claims(tokens.path("id_token").asText())
                        .path("preferred_username")
                        .asText())
                .isEqualTo(user);
        assertThat(signedOut.statusCode()).isEqualTo(302);
        assertThat(signedOut.headers().firstValue("Location")).hasValue("http://127.0.0.1:45678/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stopped", "killed"})
    void keepsWhatItWasTold(String end) throws Exception {
        // Given
        String before = keycloak.tokenOf("demo-customer", "demo-customer");
        String user = "new-" + end;
        makeUser(user);
        assertThat(keycloak.tokenOf(user, "secret")).isNotBlank();

        // When
        if (end.equals("stopped")) {
            keycloak.stop();
        } else {
            keycloak.kill();
        }
        assertThat(keycloak.isAlive()).isFalse();
        keycloak.start();

        // Then
        assertThat(claims(keycloak.tokenOf(user, "secret"))
                        .path("preferred_username")
                        .asText())
                .isEqualTo(user);
        String after = keycloak.tokenOf("demo-customer", "demo-customer");
        assertThat(claims(after).path("sub")).isEqualTo(claims(before).path("sub"));
        assertThat(header(after).path("kid")).isEqualTo(header(before).path("kid"));
    }

    private static void makeUser(String name) throws Exception {
        String login = post(
                        keycloak.url() + "/realms/master/protocol/openid-connect/token",
                        "grant_type=password&client_id=admin-cli&username=" + Keycloak.ADMIN + "&password="
                                + Keycloak.ADMIN_PASSWORD,
                        "")
                .body();
        String token = new ObjectMapper().readTree(login).path("access_token").asText();
        String user = """
                {"username": "%s", "enabled": true, "emailVerified": true, "email": "%s@filon.localhost",
                 "firstName": "New", "lastName": "User",
                 "credentials": [{"type": "password", "value": "secret", "temporary": false}]}
                """.formatted(name, name);
        HttpResponse<String> made =
                send(HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/" + Keycloak.REALM + "/users"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(user)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    @Test
    void refusesAPortThatIsTaken() {
        // Given
        Keycloak second = new Keycloak(folder.resolve("second"), folder.resolve("second.log"), keycloak.port());

        // When // Then
        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + keycloak.port() + " of 127.0.0.1, which is taken");
    }

    private static HttpResponse<String> authorise(String back, String more) throws Exception {
        return get(keycloak.issuer()
                + "/protocol/openid-connect/auth?client_id=filon-pages&response_type=code&scope=openid"
                + "&redirect_uri=" + encoded(back) + more);
    }

    private static HttpResponse<String> logout(String back) throws Exception {
        return get(keycloak.issuer() + "/protocol/openid-connect/logout?client_id=filon-pages&post_logout_redirect_uri="
                + encoded(back));
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(address)));
    }

    private static HttpResponse<String> post(String address, String form, String cookies) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(cookies.isEmpty() ? request : request.header("Cookie", cookies));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode header(String token) throws IOException {
        return part(token, 0);
    }

    private static JsonNode claims(String token) throws IOException {
        return part(token, 1);
    }

    private static JsonNode part(String token, int index) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.add(child.asText()));
        return texts;
    }
}
