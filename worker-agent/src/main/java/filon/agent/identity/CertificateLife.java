package filon.agent.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** From when to when a certificate is valid. */
public record CertificateLife(Instant begins, Instant ends) {
    /**
     * @param pem the first certificate counts
     * @throws CertificateException if the text holds none
     */
    public static CertificateLife of(String pem) throws CertificateException {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        return new CertificateLife(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Two thirds of the life: the last third is for provisioning being away. */
    public Instant renewAt() {
        return begins.plus(Duration.between(begins, ends).multipliedBy(2).dividedBy(3));
    }
}
