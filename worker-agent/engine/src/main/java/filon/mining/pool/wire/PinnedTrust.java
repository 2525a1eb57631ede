package filon.mining.pool.wire;

import filon.mining.pool.PoolTrust;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Believes whoever shows one of some certificates, whatever its name and dates say. */
final class PinnedTrust extends PeerTrust {
    private final List<String> sha256s;

    /** @param sha256s none: everybody is believed */
    private PinnedTrust(List<String> sha256s) {
        this.sha256s = sha256s;
    }

    PinnedTrust(PoolTrust.Pinned pinned) {
        this(pinned.sha256s());
    }

    static PinnedTrust ofEverybody() {
        return new PinnedTrust(List.of());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        String shown = PoolTrust.fingerprint(chain[0]);
        if (!sha256s.isEmpty() && !sha256s.contains(shown)) {
            throw new CertificateException(
                    "its SHA-256 is " + shown + ", not the pinned " + String.join(" or ", sha256s));
        }
    }
}
