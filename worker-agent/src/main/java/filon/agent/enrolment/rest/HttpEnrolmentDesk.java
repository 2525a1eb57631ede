package filon.agent.enrolment.rest;

import com.fasterxml.jackson.databind.JsonNode;
import filon.agent.enrolment.EnrolmentAnswer;
import filon.agent.enrolment.EnrolmentAnswer.Accepted;
import filon.agent.enrolment.EnrolmentAnswer.Refused;
import filon.agent.enrolment.EnrolmentAnswer.Unavailable;
import filon.agent.enrolment.EnrolmentDesk;
import filon.agent.enrolment.EnrolmentRequest;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.enrolment.RenewalRequest;
import filon.agent.identity.Identity;
import filon.agent.identity.Provisioning;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;

/** Enrols and renews over HTTPS and trusts the pinned authority alone, not the machine's list of public ones. */
public final class HttpEnrolmentDesk implements EnrolmentDesk, RenewalDesk {
    private static final Logger LOG = Logger.getLogger(HttpEnrolmentDesk.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private final Provisioning provisioning;
    private final SSLContext trust;

    public HttpEnrolmentDesk(Provisioning provisioning) throws IOException {
        this.provisioning = provisioning;
        this.trust = trusting(provisioning.authority());
    }

    @Override
    public EnrolmentAnswer enrol(EnrolmentRequest request) {
        return ask(provisioning.address("/enrolment"), MessageCodec.json(request));
    }

    @Override
    public EnrolmentAnswer renew(RenewalRequest request) {
        return ask(provisioning.address("/identity/renewals"), MessageCodec.json(request));
    }

    private EnrolmentAnswer ask(URI address, String body) {
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(ANSWER_WITHIN)
                .build()) {
            return answer(address, client.send(post, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return unavailable(address + " cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted");
        }
    }

    private static EnrolmentAnswer answer(URI address, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 200 || status == 201) {
            return accepted(address, response.body());
        }
        boolean mayChange = status >= 500 || status == 408 || status == 425 || status == 429;
        String reason = address + " answered " + status + detail(response.body());
        return mayChange ? unavailable(reason) : new Refused(reason);
    }

    private static EnrolmentAnswer accepted(URI address, byte[] body) {
        try {
            return new Accepted(MessageCodec.parse(body, Identity.class));
        } catch (UnusableMessageException e) {
            return new Refused(address + " answered something else than an identity: " + e.getMessage());
        }
    }

    private static Unavailable unavailable(String reason) {
        LOG.warnf("Provisioning is asked again later: %s", reason);
        return new Unavailable(reason);
    }

    private static String detail(byte[] body) {
        try {
            JsonNode problem = MessageCodec.mapper().readTree(body);
            return ": " + problem.path("detail").asText(problem.path("title").asText("no reason given"));
        } catch (IOException e) {
            return " without a problem description";
        }
    }

    private static SSLContext trusting(String authority) throws IOException {
        try (InputStream pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("the authority of provisioning holds no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority of provisioning is not a PEM certificate: " + e.getMessage(), e);
        }
    }
}
