package filon.provisioning.authority;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys and certificates as PEM text (RFC 7468): PKCS#8 for private keys, SubjectPublicKeyInfo for public ones. */
final class Pem {
    private Pem() {}

    static String of(PrivateKey key) {
        return of("PRIVATE KEY", key.getEncoded());
    }

    static String of(PublicKey key) {
        return of("PUBLIC KEY", key.getEncoded());
    }

    static String of(X509CertificateHolder certificate) {
        try {
            return of("CERTIFICATE", certificate.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("a certificate cannot be encoded", e);
        }
    }

    /** @throws IOException if the first object of the text is not a PKCS#8 private key */
    static PrivateKey privateKey(String text) throws IOException {
        if (first(text) instanceof PrivateKeyInfo info) {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        throw new PEMException("the text does not begin with a PKCS#8 private key");
    }

    /** @throws IOException if the first object of the text is not a public key */
    static PublicKey publicKey(String text) throws IOException {
        if (first(text) instanceof SubjectPublicKeyInfo info) {
            return new JcaPEMKeyConverter().getPublicKey(info);
        }
        throw new PEMException("the text does not begin with a public key");
    }

    /** The first certificate of the text, whatever stands before it. */
    static X509CertificateHolder certificate(String text) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder certificate) {
                    return certificate;
                }
            }
        }
        throw new PEMException("the text holds no certificate");
    }

    static Object first(String text) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            return parser.readObject();
        }
    }

    private static String of(String type, byte[] encoded) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, encoded));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString();
    }
}
