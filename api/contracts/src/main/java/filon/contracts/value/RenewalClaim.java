package filon.contracts.value;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What a host signs with its current key to get its next certificate.
 *
 * @param csr PEM of a request for the same key or a new one
 * @param at when it was signed, by the host's clock
 * @param nonce used once
 */
public record RenewalClaim(HostId hostId, String csr, Instant at, UUID nonce) {
    /** Put before the signed text so that this signature can never pass for anything else. */
    private static final String SIGNING_CONTEXT = "filon.renewal.v1\n";

    public RenewalClaim {
        Objects.requireNonNull(hostId, "a renewal needs a host");
        Objects.requireNonNull(csr, "a renewal needs a certificate request");
        Objects.requireNonNull(at, "a renewal needs the time of its signature");
        Objects.requireNonNull(nonce, "a renewal needs a nonce");
    }

    /** The bytes that are signed (SHA256withECDSA): context, host, time and nonce, one line each, then the request. */
    public byte[] signedBytes() {
        return (SIGNING_CONTEXT + hostId + "\n" + at + "\n" + nonce + "\n" + csr).getBytes(StandardCharsets.UTF_8);
    }
}
