package filon.agent.identity;

import filon.contracts.value.Fingerprint;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The host's own EC P-256 key pair; made here, and the private half never leaves the host. */
public record HostKey(PublicKey publicKey, PrivateKey privateKey) {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    public static HostKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new HostKey(pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC P-256", e);
        }
    }

    /** Both halves, PKCS#8 first: the form of the file and of Kafka's key store. */
    public String pem() {
        return block(PRIVATE, privateKey.getEncoded()) + block(PUBLIC, publicKey.getEncoded());
    }

    /** SHA256withECDSA by the private half. */
    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with SHA256withECDSA", e);
        }
    }

    /** What people compare with what staff see. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(publicKey);
    }

    public String privatePem() {
        return block(PRIVATE, privateKey.getEncoded());
    }

    /** @throws IllegalArgumentException if the text does not hold both halves */
    public static HostKey ofPem(String pem) {
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            return new HostKey(
                    factory.generatePublic(new X509EncodedKeySpec(content(PUBLIC, pem))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(content(PRIVATE, pem))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the host key file does not hold an EC key pair", e);
        }
    }

    private static String block(String label, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] content(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the host key file has no " + label);
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }

    /** Never shows the private half. */
    @Override
    public String toString() {
        return "an EC host key";
    }
}
