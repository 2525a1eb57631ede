package filon.provisioning.authority;

import filon.plumbing.uplink.UplinkKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Everything that the authority's directory holds, read once. */
public record Authority(
        AgentCertificates certificates, OrderSigner signer, ControlPlaneKey controlPlaneKey, UplinkKeys uplinkKeys) {

    /** What hosts check orders with. */
    public record ControlPlaneKey(String keyId, String publicKeyPem) {}

    /** Reads the directory, after making what is missing in it. */
    public static Authority open(Path directory, Clock clock) throws IOException {
        AuthorityDirectory.complete(directory, List.of(), clock);
        CertificateAuthority authority = new CertificateAuthority(
                Pem.certificate(read(directory, AuthorityDirectory.ROOT_CERTIFICATE)),
                Pem.privateKey(read(directory, AuthorityDirectory.ROOT_KEY)),
                new SecureRandom());
        PrivateKey signingKey = Pem.privateKey(read(directory, AuthorityDirectory.SIGNING_KEY));
        String publicPem = read(directory, AuthorityDirectory.SIGNING_PUBLIC_KEY);
        PublicKey publicKey = Pem.publicKey(publicPem);
        return new Authority(
                new AgentCertificates(authority, clock),
                new OrderSigner(signingKey, publicKey),
                new ControlPlaneKey(OrderSigner.keyId(publicKey), publicPem),
                UplinkKeys.fromFile(directory.resolve(AuthorityDirectory.UPLINK_SECRET)));
    }

    private static String read(Path directory, String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
