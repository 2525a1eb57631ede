package filon.api.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import filon.api.ApiDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** With real tokens; the provider is down until a test switches it on, so the order of the first two matters. */
@QuarkusTest
@TestProfile(TokensTest.WithTokens.class)
@QuarkusTestResource(ApiDatabase.class)
@QuarkusTestResource(value = IdentityProvider.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokensTest {
    /** The identity provider takes part. */
    public static final class WithTokens implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.oidc.tenant-enabled", "true",
                    "quarkus.oidc.console.tenant-enabled", "true",
                    "quarkus.oidc.connection-retry-count", "1");
        }
    }

    @Test
    @Order(1)
    void answersWhileTheIdentityProviderIsDown() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/api/v1/offers").then().statusCode(200);
        given().get("/").then().statusCode(200);
        given().get("/api/v1/rentals")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
        assertThat(me(IdentityProvider.signed(customer("s-1", "cleo")))
                        .extract()
                        .statusCode())
                .isIn(401, 503);
    }

    @Test
    @Order(2)
    void knowsTheCallerBySubjectNameAndRolesOnceTheProviderIsBack() {
        // Given
        IdentityProvider.IS_UP.set(true);

        // When
        ValidatableResponse me = me(IdentityProvider.signed(customer("s-1", "cleo")));

        // Then
        me.statusCode(200)
                .body("customerId", equalTo("s-1"))
                .body("name", equalTo("cleo"))
                .body("roles", contains("customer"));
    }

    @Test
    @Order(3)
    void refusesTokensThatAreNotOfThisPlatformOrTime() {
        IdentityProvider.IS_UP.set(true);
        String good = IdentityProvider.signed(customer("s-1", "cleo"));
        int signature = good.lastIndexOf('.') + 10;
        String forged = good.substring(0, signature)
                + (good.charAt(signature) == 'A' ? 'B' : 'A')
                + good.substring(signature + 1);
        for (String bad : List.of(
                "x",
                "a.b.c",
                forged,
                IdentityProvider.signed(customer("s-1", "cleo").issuer("https://elsewhere.example.org")),
                IdentityProvider.signed(customer("s-1", "cleo").audience("account")),
                IdentityProvider.signed(
                        customer("s-1", "cleo").expiresAt(Instant.now().minusSeconds(600))))) {
            me(bad).statusCode(401);
        }
        me(IdentityProvider.signed(IdentityProvider.token()
                        .claim("realm_access", Map.of("roles", List.of("customer")))
                        .upn("nobody")))
                .statusCode(401);
    }

    @Test
    @Order(4)
    void sendsPeopleToTheProviderWithAProofKey() {
        // When
        Response answer = given().redirects().follow(false).get("/my/rentals");

        // Then
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .startsWith(IdentityProvider.issuer() + "/protocol/openid-connect/auth?")
                .contains("client_id=filon-pages", "code_challenge_method=S256", "response_type=code")
                .contains("signed-in");
        assertThat(given().redirects().follow(false).get("/console/fleet").statusCode())
                .isEqualTo(302);
        assertThat(given().redirects().follow(false).get("/my").statusCode()).isEqualTo(302);
        assertThat(given().redirects().follow(false).get("/console").statusCode())
                .isEqualTo(302);
    }

    private static JwtClaimsBuilder customer(String subject, String name) {
        return IdentityProvider.token()
                .subject(subject)
                .claim("preferred_username", name)
                .claim("realm_access", Map.of("roles", List.of("customer", "uma_authorization")));
    }

    private static ValidatableResponse me(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/v1/me")
                .then();
    }
}
