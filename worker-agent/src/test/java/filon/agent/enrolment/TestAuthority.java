package filon.agent.enrolment;

import filon.agent.identity.HostKey;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of its own for a test, and a server on 127.0.0.1 that it vouches for. */
public final class TestAuthority {
    private static final char[] PASSWORD = "local-dev-only".toCharArray();
    private final HostKey key = HostKey.generate();
    private final X500Principal name = new X500Principal("CN=Test authority");
    private final X509Certificate certificate = issue(name, key, true);

    String certificatePem() throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        }
        return text.toString();
    }

    SSLContext serverContext() throws GeneralSecurityException, IOException {
        HostKey serverKey = HostKey.generate();
        X509Certificate server = issue(new X500Principal("CN=provisioning"), serverKey, false);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", serverKey.privateKey(), PASSWORD, new Certificate[] {server, certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A host's certificate of the given life, PEM. */
    public String clientPem(Instant begins, Instant ends) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(issue(new X500Principal("CN=agent"), HostKey.generate(), false, begins, ends));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private X509Certificate issue(X500Principal subject, HostKey subjectKey, boolean isAuthority) {
        Instant now = Instant.now();
        return issue(subject, subjectKey, isAuthority, now.minusSeconds(60), now.plusSeconds(3600));
    }

    private X509Certificate issue(
            X500Principal subject, HostKey subjectKey, boolean isAuthority, Instant begins, Instant ends) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(begins),
                    Date.from(ends),
                    subject,
                    subjectKey.publicKey());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.privateKey())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
