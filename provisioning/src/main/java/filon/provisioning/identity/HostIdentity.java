package filon.provisioning.identity;

import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.Optional;

/**
 * The identity of a host that is in force.
 *
 * @param enrolment 1, 2, ...; certificates and keys of lower ones open nothing
 * @param fingerprint of the host's key; null for a host that enrolled before fingerprints were kept and has not renewed since
 * @param confirmedAt when it was known to be the machine that was meant; null when it never was or is in doubt again
 * @param revokedAt null while it is in force
 * @param accessVersion rises with each change of what the host may do at the brokers
 */
public record HostIdentity(
        HostId host,
        int enrolment,
        Fingerprint fingerprint,
        Serials serials,
        Instant confirmedAt,
        Instant revokedAt,
        long accessVersion) {
    public boolean isConfirmed() {
        return confirmedAt != null;
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }

    public boolean isOf(Fingerprint key) {
        return key.equals(fingerprint);
    }

    /** Why keys of this enrolment are worth nothing; empty if they are the host's. */
    public Optional<String> objectionTo(int named) {
        if (named != enrolment) {
            return Optional.of("its keys are of enrolment " + named + ", the host is at " + enrolment);
        }
        return isRevoked() ? Optional.of("its identity was revoked at " + revokedAt) : Optional.empty();
    }
}
