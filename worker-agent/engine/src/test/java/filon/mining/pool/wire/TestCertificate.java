package filon.mining.pool.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/** A certificate and its key, made in a moment: the JDK has no public way to make one with dates and names of one's choice. */
public record TestCertificate(KeyPair keys, X509Certificate certificate, Optional<TestCertificate> issuer) {
    private static final char[] STORE_PASSWORD = "local-dev-only".toCharArray();
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OCTETS = 0x04;
    private static final int OBJECT = 0x06;
    private static final int TIME = 0x18;
    private static final byte[] EC_WITH_SHA256 = tagged(SEQUENCE, tagged(OBJECT, hex("2a8648ce3d040302")));
    private static final byte[] ALTERNATIVE_NAMES = tagged(OBJECT, hex("551d11"));
    private static final byte[] BASIC_CONSTRAINTS = tagged(OBJECT, hex("551d13"));
    private static final byte[] IS_AUTHORITY = tagged(SEQUENCE, hex("0101ff"));

    /**
     * What it says.
     *
     * @param hosts names and numeric addresses it is valid for
     */
    public record Says(String subject, List<String> hosts, Instant from, Instant until, boolean isAuthority) {
        /** Valid from yesterday on for ten days. */
        public static Says of(String... hosts) {
            Instant now = Instant.now();
            return new Says(
                    "CN=" + hosts[0],
                    List.of(hosts),
                    now.minus(Duration.ofDays(1)),
                    now.plus(Duration.ofDays(10)),
                    false);
        }

        /** Valid for a week that ended three days ago. */
        public Says expired() {
            Instant end = Instant.now().minus(Duration.ofDays(3));
            return new Says(subject, hosts, end.minus(Duration.ofDays(7)), end, isAuthority);
        }
    }

    /** Signs others. */
    public static TestCertificate authority() {
        Says says = Says.of("Test authority");
        return selfSigned(new Says(says.subject(), List.of(), says.from(), says.until(), true));
    }

    public static TestCertificate selfSigned(Says says) {
        KeyPair keys = newKeys();
        return new TestCertificate(
                keys, written(says, keys, new X500Principal(says.subject()), keys), Optional.empty());
    }

    public TestCertificate issue(Says says) {
        KeyPair newKeys = newKeys();
        X500Principal by = certificate.getSubjectX500Principal();
        return new TestCertificate(newKeys, written(says, newKeys, by, keys), Optional.of(this));
    }

    /** For a server that shows it. */
    public SSLContext context() {
        try {
            KeyStore store = emptyStore();
            Certificate[] chain = issuer.map(by -> new Certificate[] {certificate, by.certificate()})
                    .orElse(new Certificate[] {certificate});
            store.setKeyEntry("pool", keys.getPrivate(), STORE_PASSWORD, chain);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, STORE_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can serve TLS", e);
        }
    }

    /** Makes this the one authority that the process believes, until closed. */
    public Believed believed(Path folder) throws IOException {
        Path file = folder.resolve("authorities.p12");
        try (var out = Files.newOutputStream(file)) {
            KeyStore store = emptyStore();
            store.setCertificateEntry("authority", certificate);
            store.store(out, STORE_PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can store a certificate", e);
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(STORE_PASSWORD));
        return () -> {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        };
    }

    /** As long as an authority is believed. */
    public interface Believed extends AutoCloseable {
        @Override
        void close();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
        return store;
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** X.509 v3 in DER (RFC 5280, section 4.1). */
    private static X509Certificate written(Says says, KeyPair keys, X500Principal by, KeyPair signing) {
        byte[] body = tagged(
                SEQUENCE,
                tagged(0xa0, tagged(INTEGER, hex("02"))),
                tagged(INTEGER, hex("2a")),
                EC_WITH_SHA256,
                by.getEncoded(),
                tagged(SEQUENCE, time(says.from()), time(says.until())),
                new X500Principal(says.subject()).getEncoded(),
                keys.getPublic().getEncoded(),
                tagged(0xa3, tagged(SEQUENCE, says.isAuthority() ? constraints() : names(says.hosts()))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signing.getPrivate());
            signature.update(body);
            byte[] bits = joined(hex("00"), signature.sign());
            byte[] whole = tagged(SEQUENCE, body, EC_WITH_SHA256, tagged(BITS, bits));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of a test cannot be made", e);
        }
    }

    private static byte[] constraints() {
        return tagged(SEQUENCE, BASIC_CONSTRAINTS, tagged(OCTETS, IS_AUTHORITY));
    }

    private static byte[] names(List<String> hosts) {
        byte[][] each = hosts.stream().map(TestCertificate::name).toArray(byte[][]::new);
        return tagged(SEQUENCE, ALTERNATIVE_NAMES, tagged(OCTETS, tagged(SEQUENCE, each)));
    }

    private static byte[] name(String host) {
        boolean isNumeric = host.matches("[0-9.]+|.*:.*");
        return isNumeric
                ? tagged(0x87, InetAddress.ofLiteral(host).getAddress())
                : tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").format(instant.atOffset(ZoneOffset.UTC));
        return tagged(TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        return joined(joined(new byte[] {(byte) tag}, length(content.length)), content);
    }

    /** In as few bytes as possible, as DER asks. */
    private static byte[] length(int length) {
        if (length < 0x80) {
            return new byte[] {(byte) length};
        }
        return length < 0x100
                ? new byte[] {(byte) 0x81, (byte) length}
                : new byte[] {(byte) 0x82, (byte) (length >>> 8), (byte) length};
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
