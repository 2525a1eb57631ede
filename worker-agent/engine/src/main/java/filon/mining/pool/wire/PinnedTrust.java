package filon.mining.pool.wire;

import filon.mining.pool.PoolTrust;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Believes whoever shows one certificate, whatever its name and dates say. */
final class PinnedTrust extends PeerTrust {
    private static final String ANY = "";

    private final String sha256;

    PinnedTrust(String sha256) {
        this.sha256 = sha256;
    }

    static PinnedTrust ofEverybody() {
        return new PinnedTrust(ANY);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        String shown = PoolTrust.fingerprint(chain[0]);
        if (!sha256.equals(ANY) && !sha256.equals(shown)) {
            throw new CertificateException("its SHA-256 is " + shown + ", not the pinned " + sha256);
        }
    }
}
