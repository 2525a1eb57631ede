package filon.mining.pool.noise;

/** A server's static key with the certificate of its authority; serves any number of handshakes until it expires. */
public final class ServerIdentity {
    private final KeyPair key;
    private final Certificate certificate;

    ServerIdentity(KeyPair key, Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    KeyPair key() {
        return key;
    }

    Certificate certificate() {
        return certificate;
    }
}
