package filon.mining.pool.wire;

import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS 1.2 or newer over a connected socket, believed as {@link PoolTrust} says. */
final class Encryption {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private Encryption() {}

    /** @throws IOException naming what is wrong with the pool's certificate */
    static SSLSocket over(Socket socket, PoolOrder pool) throws IOException {
        String host = pool.address().bareHost();
        SSLSocket layered = (SSLSocket)
                factory(pool.trust()).createSocket(socket, host, pool.address().port(), true);
        SSLParameters parameters = layered.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        if (pool.trust() instanceof PoolTrust.Verified) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        layered.setSSLParameters(parameters);
        try {
            layered.startHandshake();
        } catch (SSLException e) {
            throw new IOException(
                    "the pool's certificate is not accepted, or it speaks no TLS: " + e.getMessage()
                            + hint(pool.trust()),
                    e);
        }
        return layered;
    }

    private static String hint(PoolTrust trust) {
        return switch (trust) {
            case PoolTrust.Verified _ -> "; a pool with a certificate of its own can be pinned by its SHA-256";
            case PoolTrust.Pinned _, PoolTrust.Unverified _ -> "";
        };
    }

    private static SSLSocketFactory factory(PoolTrust trust) {
        return switch (trust) {
            case PoolTrust.Verified _ -> (SSLSocketFactory) SSLSocketFactory.getDefault();
            case PoolTrust.Pinned pinned -> factory(new Pin(List.of(pinned.sha256())));
            case PoolTrust.Unverified _ -> factory(new Pin(List.of()));
        };
    }

    private static SSLSocketFactory factory(X509TrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /**
     * Believes whoever shows one of these certificates, whatever its name and dates say.
     *
     * @param fingerprints SHA-256 in lower case hex; none: everybody is believed
     */
    private record Pin(List<String> fingerprints) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            String shown = fingerprint(chain[0]);
            if (!fingerprints.isEmpty() && !fingerprints.contains(shown)) {
                throw new CertificateException(
                        "its SHA-256 is " + shown + ", not the pinned " + fingerprints.getFirst());
            }
        }

        private static String fingerprint(X509Certificate certificate) throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is expected here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
