package filon.mining.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/** What was done to make a wire, in this order; the address that is tried may change in between. */
public sealed interface WireStep {
    /** The host has these addresses; they are tried in this order, if all of them are allowed. */
    record Resolved(List<InetAddress> addresses) implements WireStep {
        public Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /** An address answered; TLS follows where the scheme says so. */
    record Connected(InetAddress address, Duration after) implements WireStep {}

    /**
     * The pool showed its certificate; whether it is believed comes out next.
     *
     * @param chain its own first; never empty
     */
    record Shown(List<X509Certificate> chain) implements WireStep {
        public Shown {
            chain = List.copyOf(chain);
        }
    }

    /** From here on all is encrypted. */
    record Encrypted(String version, String cipher, Duration after) implements WireStep {}

    /** An address is given up; the next one is tried, if there is one. */
    record Failed(InetAddress address, Duration after, IOException reason) implements WireStep {}
}
