package filon.provisioning.authority;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Makes what is missing in the authority's directory; what is there and still good is left alone.
 *
 * <p>Safe to run again after a crash and at the same time in two processes. A server certificate is made anew when it lacks a
 * name that is asked for or ends within a month; the root and the signing key never are.
 */
public final class AuthorityDirectory {
    public static final String ROOT_CERTIFICATE = "ca.pem";
    public static final String ROOT_KEY = "ca.key";
    /** PKCS#8 key followed by the certificate: Kafka's PEM key store. */
    public static final String BROKER = "broker.pem";

    public static final String SERVER_CERTIFICATE = "provisioning.pem";
    public static final String SERVER_KEY = "provisioning.key";
    public static final String SIGNING_KEY = "control-plane.key";
    public static final String SIGNING_PUBLIC_KEY = "control-plane.pub";
    /** 64 hex digits: the master of all hosts' uplink keys. */
    public static final String UPLINK_SECRET = "uplink.secret";

    public static final List<String> LOCAL_NAMES = List.of("127.0.0.1", "localhost");
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final int SECRET_BYTES = 32;

    private final SecretFiles files;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final List<String> made = new ArrayList<>();

    private AuthorityDirectory(SecretFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * @param names DNS names and IP addresses the servers are reached under; empty to keep those of before
     * @return what was made, one line each; empty when everything was there
     * @throws IOException if the directory cannot be written or holds something unreadable
     */
    public static List<String> complete(Path directory, List<String> names, Clock clock) throws IOException {
        SecretFiles files = SecretFiles.in(directory);
        try (FileChannel lock = files.lock()) {
            return lock.isOpen() ? new AuthorityDirectory(files, clock).complete(names) : List.of();
        }
    }

    private List<String> complete(List<String> names) throws IOException {
        CertificateAuthority authority = authority();
        Optional<String> broker = files.read(BROKER);
        if (isStale(broker, names)) {
            KeyPair pair = newPair();
            X509CertificateHolder certificate =
                    authority.server("filon-broker", pair.getPublic(), merged(broker, names), clock.instant());
            files.writeSecret(BROKER, Pem.of(pair.getPrivate()) + Pem.of(certificate));
            made.add(files.path(BROKER) + ": the brokers' key and certificate for "
                    + String.join(", ", merged(broker, names)));
        }
        completeServer(authority, names);
        completeSigningKey();
        completeUplinkSecret();
        return List.copyOf(made);
    }

    private CertificateAuthority authority() throws IOException {
        Optional<String> key = files.read(ROOT_KEY);
        Optional<String> certificate = files.read(ROOT_CERTIFICATE);
        if (key.isPresent() && certificate.isPresent()) {
            return new CertificateAuthority(Pem.certificate(certificate.get()), Pem.privateKey(key.get()), random);
        }
        if (certificate.isPresent()) {
            throw new IOException("directory has " + files.path(ROOT_CERTIFICATE) + " but lost its key "
                    + files.path(ROOT_KEY) + ": restore it, or remove the directory and enrol every host again");
        }
        // the certificate is written last, so a key alone is the trace of a crash and certifies nothing yet
        KeyPair pair = newPair();
        X509CertificateHolder root =
                CertificateAuthority.selfSigned(pair.getPublic(), pair.getPrivate(), clock.instant(), random);
        files.writeSecret(ROOT_KEY, Pem.of(pair.getPrivate()));
        files.writePublic(ROOT_CERTIFICATE, Pem.of(root));
        made.add(files.path(ROOT_CERTIFICATE) + ": the internal authority, key beside it");
        return new CertificateAuthority(root, pair.getPrivate(), random);
    }

    private void completeServer(CertificateAuthority authority, List<String> names) throws IOException {
        Optional<String> certificate = files.read(SERVER_CERTIFICATE);
        Optional<String> key = files.read(SERVER_KEY);
        if (key.isPresent() && !isStale(certificate, names)) {
            return;
        }
        KeyPair pair = newPair();
        X509CertificateHolder renewed =
                authority.server("filon-provisioning", pair.getPublic(), merged(certificate, names), clock.instant());
        // a crash between the two leaves no certificate that does not fit its key
        java.nio.file.Files.deleteIfExists(files.path(SERVER_CERTIFICATE));
        files.writeSecret(SERVER_KEY, Pem.of(pair.getPrivate()));
        files.writePublic(SERVER_CERTIFICATE, Pem.of(renewed));
        made.add(files.path(SERVER_CERTIFICATE) + ": provisioning's HTTPS certificate for "
                + String.join(", ", merged(certificate, names)));
    }

    private void completeSigningKey() throws IOException {
        if (files.read(SIGNING_PUBLIC_KEY).isPresent()
                && files.read(SIGNING_KEY).isPresent()) {
            return;
        }
        if (files.read(SIGNING_PUBLIC_KEY).isPresent()) {
            throw new IOException("the key of " + files.path(SIGNING_PUBLIC_KEY) + " is lost; hosts obey no other");
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            files.writeSecret(SIGNING_KEY, Pem.of(pair.getPrivate()));
            files.writePublic(SIGNING_PUBLIC_KEY, Pem.of(pair.getPublic()));
            made.add(files.path(SIGNING_KEY) + ": signs orders as key " + OrderSigner.keyId(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private void completeUplinkSecret() throws IOException {
        if (files.read(UPLINK_SECRET).isPresent()) {
            return;
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        files.writeSecret(UPLINK_SECRET, HexFormat.of().formatHex(secret) + "\n");
        made.add(files.path(UPLINK_SECRET) + ": the master of all hosts' uplink keys");
    }

    private boolean isStale(Optional<String> pem, List<String> names) throws IOException {
        if (pem.isEmpty()) {
            return true;
        }
        X509CertificateHolder certificate = Pem.certificate(pem.get());
        boolean ends =
                certificate.getNotAfter().toInstant().isBefore(clock.instant().plus(RENEWED_BEFORE));
        return ends || !alternatives(certificate).containsAll(generalNames(names));
    }

    /** Names once given stay: a server may still be reached under them. */
    private static List<String> merged(Optional<String> pem, List<String> names) throws IOException {
        Set<String> all = new LinkedHashSet<>(names);
        if (pem.isPresent()) {
            for (GeneralName name : alternatives(Pem.certificate(pem.get()))) {
                all.add(text(name));
            }
        }
        return all.isEmpty() ? LOCAL_NAMES : List.copyOf(all);
    }

    private static String text(GeneralName name) throws IOException {
        if (name.getTagNo() != GeneralName.iPAddress) {
            return name.getName().toString();
        }
        byte[] address = org.bouncycastle.asn1.ASN1OctetString.getInstance(name.getName())
                .getOctets();
        return java.net.InetAddress.getByAddress(address).getHostAddress();
    }

    private static Set<GeneralName> alternatives(X509CertificateHolder certificate) {
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        return names == null ? Set.of() : new HashSet<>(Arrays.asList(names.getNames()));
    }

    private static List<GeneralName> generalNames(List<String> names) {
        return names.stream().map(CertificateAuthority::generalName).toList();
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has the curve secp256r1", e);
        }
    }
}
