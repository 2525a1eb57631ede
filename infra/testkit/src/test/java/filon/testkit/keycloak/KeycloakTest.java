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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakTest {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

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

    @Test
    void worksAgainAfterItWasKilled() throws Exception {
        // Given
        String before = keycloak.tokenOf("demo-customer", "demo-customer");

        // When
        keycloak.kill();
        assertThat(keycloak.isAlive()).isFalse();
        keycloak.start();

        // Then
        String after = keycloak.tokenOf("demo-customer", "demo-customer");
        assertThat(claims(after).path("sub")).isEqualTo(claims(before).path("sub"));
        assertThat(header(after).path("kid")).isEqualTo(header(before).path("kid"));
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
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
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
