package filon.mining.pool.wire;

import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.WireListener;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS 1.2 or newer over a connected socket, believed as {@link PoolTrust} says. */
final class Encryption {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private Encryption() {}

    /**
     * @param listener hears which certificate was shown, believed or not
     * @throws IOException naming what is wrong with the pool's certificate
     */
    static SSLSocket over(Socket socket, PoolOrder pool, WireListener listener) throws IOException {
        String host = pool.address().bareHost();
        SSLSocket layered = (SSLSocket) factory(pool.trust(), listener)
                .createSocket(socket, host, pool.address().port(), true);
        SSLParameters parameters = layered.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        if (pool.trust() instanceof PoolTrust.Verified) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        layered.setSSLParameters(parameters);
        try {
            layered.startHandshake();
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "the pool did not answer the TLS handshake; perhaps it speaks no TLS at this port", e);
        } catch (SSLException e) {
            throw new IOException(complaint(e, pool.trust()), e);
        }
        return layered;
    }

    private static String complaint(SSLException e, PoolTrust trust) {
        return isOfCertificate(e)
                ? "the pool's certificate is not accepted: " + e.getMessage() + hint(trust)
                : "the pool speaks no TLS at this port, or none that we accept: " + e.getMessage();
    }

    private static boolean isOfCertificate(Throwable e) {
        return e instanceof CertificateException || e.getCause() != null && isOfCertificate(e.getCause());
    }

    private static String hint(PoolTrust trust) {
        return switch (trust) {
            case PoolTrust.Verified _ -> "; a pool with a certificate of its own can be pinned by its SHA-256";
            case PoolTrust.Pinned _, PoolTrust.Unverified _ -> "";
        };
    }

    private static SSLSocketFactory factory(PoolTrust trust, WireListener listener) {
        try {
            X509ExtendedTrustManager judge =
                    switch (trust) {
                        case PoolTrust.Verified _ -> authorities();
                        case PoolTrust.Pinned pinned -> new PinnedTrust(pinned);
                        case PoolTrust.Unverified _ -> PinnedTrust.ofEverybody();
                    };
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ToldTrust(judge, listener)}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /** Those of the system, as {@code javax.net.ssl.trustStore} or the JDK names them. */
    private static X509ExtendedTrustManager authorities() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the JDK has no trust manager"));
    }
}
