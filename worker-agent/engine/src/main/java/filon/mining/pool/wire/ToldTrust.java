package filon.mining.pool.wire;

import filon.mining.pool.WireListener;
import filon.mining.pool.WireStep;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/** Tells which certificate is shown before another judges it: after a refusal nobody can ask for it any more. */
final class ToldTrust extends PeerTrust {
    private final X509ExtendedTrustManager judge;
    private final WireListener listener;

    ToldTrust(X509ExtendedTrustManager judge, WireListener listener) {
        this.judge = judge;
        this.listener = listener;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        listener.stepped(new WireStep.Shown(List.of(chain)));
        judge.checkServerTrusted(chain, type, socket);
    }
}
