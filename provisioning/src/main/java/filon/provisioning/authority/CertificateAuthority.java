package filon.provisioning.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates with the platform's EC P-256 root.
 *
 * <p>A certificate says what its caller decided, never what a request asked for. Serial numbers are 127 random bits.
 */
final class CertificateAuthority {
    static final Duration ROOT_LIFE = Duration.ofDays(3_650);
    static final Duration SERVER_LIFE = Duration.ofDays(730);
    /** Clocks of machines differ: a certificate is valid a little before it was made. */
    private static final Duration BACKDATED = Duration.ofMinutes(10);

    private static final X500Name ROOT_NAME = new X500Name("CN=Filon internal authority");
    private static final int SERIAL_BITS = 127;
    private final X509CertificateHolder root;
    private final PrivateKey key;
    private final SecureRandom random;

    CertificateAuthority(X509CertificateHolder root, PrivateKey key, SecureRandom random) {
        this.root = root;
        this.key = key;
        this.random = random;
    }

    static X509CertificateHolder selfSigned(PublicKey publicKey, PrivateKey key, Instant now, SecureRandom random) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
        X509v3CertificateBuilder builder = builder(ROOT_NAME, info, now, ROOT_LIFE, random);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(info));
            return signed(builder, key);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the root certificate cannot be made", e);
        }
    }

    X509CertificateHolder root() {
        return root;
    }

    /** @param names DNS names and IP addresses of the server, at least one */
    X509CertificateHolder server(String commonName, PublicKey publicKey, List<String> names, Instant now) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
        X509v3CertificateBuilder builder = builder(new X500Name("CN=" + commonName), info, now, SERVER_LIFE, random);
        GeneralName[] alternatives =
                names.stream().map(CertificateAuthority::generalName).toArray(GeneralName[]::new);
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            return leaf(builder, info, KeyPurposeId.id_kp_serverAuth);
        } catch (IOException e) {
            throw new IllegalStateException("the certificate of " + commonName + " cannot be made", e);
        }
    }

    /** A certificate that only proves to a server that its holder is {@code commonName}. */
    X509CertificateHolder client(String commonName, SubjectPublicKeyInfo info, Instant now, Duration life) {
        try {
            return leaf(
                    builder(new X500Name("CN=" + commonName), info, now, life, random),
                    info,
                    KeyPurposeId.id_kp_clientAuth);
        } catch (IOException e) {
            throw new IllegalStateException("the certificate of " + commonName + " cannot be made", e);
        }
    }

    static GeneralName generalName(String name) {
        boolean numeric = name.matches("[0-9.]+") || name.contains(":");
        return new GeneralName(numeric ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private X509CertificateHolder leaf(
            X509v3CertificateBuilder builder, SubjectPublicKeyInfo info, KeyPurposeId purpose) throws IOException {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(info));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(root));
            return signed(builder, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1 for key identifiers", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name subject, SubjectPublicKeyInfo info, Instant now, Duration life, SecureRandom random) {
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(0);
        return new X509v3CertificateBuilder(
                ROOT_NAME, serial, Date.from(now.minus(BACKDATED)), Date.from(now.plus(life)), subject, info);
    }

    private static X509CertificateHolder signed(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every JDK signs with SHA256withECDSA", e);
        }
    }
}
