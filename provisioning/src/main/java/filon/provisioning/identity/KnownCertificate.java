package filon.provisioning.identity;

import filon.contracts.value.HostId;
import java.time.Instant;

/**
 * A certificate that was issued to a host.
 *
 * @param pem empty for those issued before texts were kept
 */
public record KnownCertificate(
        String serial, HostId host, int enrolment, String pem, Instant endsAt, boolean isRevoked) {}
