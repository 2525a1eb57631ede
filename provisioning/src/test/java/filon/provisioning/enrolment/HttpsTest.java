package filon.provisioning.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.provisioning.AsShipped;
import filon.provisioning.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@TestProfile(AsShipped.class)
class HttpsTest {
    @TestHTTPResource(value = "/enrolment", tls = true)
    URI enrolment;

    @ConfigProperty(name = "filon.authority.directory")
    Path authority;

    @Test
    void hostsEnrolOverTlsOfTheInternalAuthorityAlone() throws Exception {
        // Given
        URI address = URI.create("https://127.0.0.1:" + enrolment.getPort() + "/enrolment");

        // When
        try (HttpClient pinned = HttpClient.newBuilder().sslContext(trusting()).build();
                HttpClient publicOnly = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = pinned.send(request(address), BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThatThrownBy(() -> publicOnly.send(request(address), BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authority.resolve("ca.pem"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
