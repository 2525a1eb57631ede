package filon.agent.identity;

import java.net.URI;
import java.util.Objects;

/**
 * Where this host enrolled and gets its next certificate.
 *
 * @param url {@code https://host:port} and perhaps a path
 * @param authority PEM of the only authority that may have issued the server's certificate
 */
public record Provisioning(URI url, String authority) {
    public Provisioning {
        Objects.requireNonNull(url, "provisioning has an address");
        Objects.requireNonNull(authority, "provisioning has an authority");
    }

    /** @param path with its slash, for example {@code /enrolment} */
    public URI address(String path) {
        return URI.create(url.toString().replaceAll("/+$", "") + path);
    }
}
