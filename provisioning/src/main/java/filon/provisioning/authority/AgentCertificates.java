package filon.provisioning.authority;

import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Issues the certificates that agents show to the brokers.
 *
 * <p>Of a request only the public key is taken, once its signature proves that the asker has the private one; its subject and
 * its wishes are ignored. The common name is the host's Kafka principal.
 */
public final class AgentCertificates {
    public static final Duration LIFE = Duration.ofDays(30);
    private static final int REQUEST_LENGTH_MAX = 8_192;
    private final CertificateAuthority authority;
    private final Clock clock;

    AgentCertificates(CertificateAuthority authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /** A certificate as PEM, and when it ends. */
    public record Issued(String pem, String serial, Instant notAfter) {}

    /** A request whose asker has proved to hold the private key. */
    public static final class Proven {
        private final SubjectPublicKeyInfo key;

        private Proven(SubjectPublicKeyInfo key) {
            this.key = key;
        }

        public Fingerprint fingerprint() {
            try {
                return Fingerprint.ofSubjectPublicKeyInfo(key.getEncoded());
            } catch (IOException e) {
                throw new UncheckedIOException("a key that was read cannot be written", e);
            }
        }
    }

    /** A certificate of this authority that somebody showed; whether he has its key is another question. */
    public record Shown(String serial, PublicKey key) {
        /** Whether the holder of the certificate's key signed these bytes (SHA256withECDSA). */
        public boolean hasSigned(byte[] content, byte[] signature) {
            try {
                Signature verifier = Signature.getInstance("SHA256withECDSA");
                verifier.initVerify(key);
                verifier.update(content);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /** @throws ProblemException if the text is not a PKCS#10 request with an EC P-256 key, signed with that key */
    public static Proven prove(String csrPem) {
        if (csrPem == null || csrPem.length() > REQUEST_LENGTH_MAX) {
            throw refused("has to be PEM of at most " + REQUEST_LENGTH_MAX + " characters");
        }
        PKCS10CertificationRequest request = parse(csrPem);
        SubjectPublicKeyInfo key = request.getSubjectPublicKeyInfo();
        requireP256(key);
        try {
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused("is not signed with the key it names");
            }
        } catch (PKCSException | OperatorCreationException e) {
            throw refused("has a signature that cannot be checked");
        }
        return new Proven(key);
    }

    /** A certificate for one enrolment of a host: its principal is nobody else's, not even of the host's other enrolments. */
    public Issued issue(HostId host, int enrolment, Proven request) {
        X509CertificateHolder certificate =
                authority.client(Topics.principal(host, enrolment), request.key, clock.instant(), LIFE);
        return new Issued(
                Pem.of(certificate),
                certificate.getSerialNumber().toString(16),
                certificate.getNotAfter().toInstant());
    }

    /** The certificate in the text if this authority signed it, however long ago it ended. */
    public Optional<Shown> shown(String certificatePem) {
        try {
            X509CertificateHolder certificate = Pem.certificate(certificatePem);
            var root = new JcaContentVerifierProviderBuilder().build(authority.root());
            if (!certificate.isSignatureValid(root)) {
                return Optional.empty();
            }
            PublicKey key = new JcaPEMKeyConverter().getPublicKey(certificate.getSubjectPublicKeyInfo());
            return Optional.of(new Shown(certificate.getSerialNumber().toString(16), key));
        } catch (IOException | CertException | CertificateException | OperatorCreationException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // what the parser throws for some texts that are no certificate
        }
    }

    /** PEM of whom the certificates come from. */
    public String authorityPem() {
        return Pem.of(authority.root());
    }

    private static PKCS10CertificationRequest parse(String csrPem) {
        try {
            if (Pem.first(csrPem) instanceof PKCS10CertificationRequest request) {
                return request;
            }
        } catch (IOException | RuntimeException e) {
            throw refused("is not readable PEM");
        }
        throw refused("is not a PKCS#10 certificate request");
    }

    private static void requireP256(SubjectPublicKeyInfo key) {
        boolean isEc =
                X9ObjectIdentifiers.id_ecPublicKey.equals(key.getAlgorithm().getAlgorithm());
        boolean isP256 = isEc
                && key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                && SECObjectIdentifiers.secp256r1.equals(curve);
        if (!isP256) {
            throw refused("holds a key that is not EC P-256");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(Problem.field("/csr", "the certificate request " + why));
    }
}
