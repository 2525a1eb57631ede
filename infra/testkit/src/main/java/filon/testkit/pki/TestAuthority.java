package filon.testkit.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A throw-away certificate authority for tests: EC P-256, valid for a day.
 *
 * <p>It signs what it is asked to, any name included: that is what tests of refusals need. A deployment's authority is made by
 * provisioning.
 */
public final class TestAuthority {
    private static final Duration VALID = Duration.ofDays(1);
    /** Clocks may differ a little. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();
    private final Path folder;
    private final X500Name name;
    private final PrivateKey key;
    private final Instant from;

    private TestAuthority(Path folder, X500Name name, PrivateKey key, Instant from) {
        this.folder = folder;
        this.name = name;
        this.key = key;
        this.from = from;
    }

    /** Makes an authority and writes its certificate to {@code ca.pem} and a broker's identity to {@code broker.pem}. */
    public static TestAuthority in(Path folder, String commonName, Clock clock) throws IOException {
        Files.createDirectories(folder);
        KeyPair pair = keyPair();
        X500Name name = new X500Name("CN=" + commonName);
        TestAuthority authority = new TestAuthority(
                folder, name, pair.getPrivate(), clock.instant().minus(SKEW));
        X509v3CertificateBuilder builder = authority.builder(name, pair);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        Files.writeString(authority.certificate(), pem(authority.signed(builder)));
        authority.server("broker");
        return authority;
    }

    /** The file of the authority's own certificate. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** Issues an identity for a server on 127.0.0.1; the file {@code <file>.pem} has the key followed by the certificate. */
    public Path server(String file) throws IOException {
        KeyPair pair = keyPair();
        X509v3CertificateBuilder builder = builder(new X500Name("CN=" + file), pair);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.dNSName, "localhost")
        }));
        return write(file, pair, leaf(builder, KeyPurposeId.id_kp_serverAuth));
    }

    /** Issues an identity for a client with any common name; the file holds the key followed by the certificate. */
    public Path client(String commonName) throws IOException {
        KeyPair pair = keyPair();
        X509v3CertificateBuilder builder = builder(new X500Name("CN=" + commonName), pair);
        return write(commonName, pair, leaf(builder, KeyPurposeId.id_kp_clientAuth));
    }

    private X509CertificateHolder leaf(X509v3CertificateBuilder builder, KeyPurposeId purpose) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        return signed(builder);
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair pair) {
        return new X509v3CertificateBuilder(
                name,
                new BigInteger(120, RANDOM).add(BigInteger.ONE),
                Date.from(from),
                Date.from(from.plus(VALID)),
                subject,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    }

    private X509CertificateHolder signed(X509v3CertificateBuilder builder) throws IOException {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (OperatorCreationException e) {
            throw new IOException("no certificate can be signed", e);
        }
    }

    private Path write(String file, KeyPair pair, X509CertificateHolder certificate) throws IOException {
        Path path = folder.resolve(file + ".pem");
        Files.writeString(path, pem(PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())) + pem(certificate));
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    what instanceof PrivateKeyInfo privateKey
                            ? new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", privateKey.getEncoded())
                            : what);
        }
        return text.toString();
    }

    private static KeyPair keyPair() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("no key pair of the curve P-256", e);
        }
    }
}
