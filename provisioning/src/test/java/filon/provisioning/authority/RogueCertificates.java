package filon.provisioning.authority;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates as attackers, or an authority that does not look, would make them. All are PEM. */
public final class RogueCertificates {
    private RogueCertificates() {}

    /** For a host, by the authority in the directory, but made at another time; a directory that is empty becomes another authority. */
    public static String issuedAt(Clock clock, Path authority, HostId host, KeyPair pair) throws IOException {
        return Authority.open(authority, clock)
                .certificates()
                .issue(host, 1, AgentCertificates.prove(TestRequests.pem(pair, "CN=x")))
                .pem();
    }

    /** By our own authority, with the name that somebody asked for. */
    public static String named(Path authority, String commonName, KeyPair pair) throws IOException {
        CertificateAuthority careless = new CertificateAuthority(
                Pem.certificate(Files.readString(authority.resolve(AuthorityDirectory.ROOT_CERTIFICATE))),
                Pem.privateKey(Files.readString(authority.resolve(AuthorityDirectory.ROOT_KEY))),
                new SecureRandom());
        return Pem.of(careless.client(
                commonName,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                Instant.now(Clock.systemUTC()),
                Duration.ofDays(1)));
    }

    /**
     * For {@code victim}, signed with a host's own key as if that were an authority's.
     *
     * @return the new certificate followed by that of the host
     */
    public static String signedByHost(String hostCertificate, KeyPair hostPair, HostId victim, KeyPair pair)
            throws IOException, GeneralSecurityException {
        X509CertificateHolder issuer = Pem.certificate(hostCertificate);
        Instant now = Instant.now(Clock.systemUTC());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer.getSubject(),
                new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16),
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3_600)),
                new X500Name("CN=" + Topics.principal(victim)),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        try {
            return Pem.of(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(hostPair.getPrivate())))
                    + hostCertificate;
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
