package filon.provisioning.enrolment;

import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Keeps hashes of tokens, what renewals were asked for with, and the audit. */
public interface EnrolmentStore {
    void add(EnrolmentToken token, Invited invited, Instant expiresAt, String createdBy, Instant now);

    /** Spends the token; of many that try at once exactly one gets an answer. */
    Optional<Invited> redeem(EnrolmentToken token, Fingerprint key, Instant now);

    /** Whatever is known of a token; empty if it never existed. */
    Optional<RedeemedToken> find(EnrolmentToken token);

    /**
     * Notes what a renewal was asked for with, and forgets what is older than {@code before}.
     *
     * @return false if it was used before
     */
    boolean use(HostId host, UUID nonce, Instant now, Instant before);

    void audit(Instant at, Optional<HostId> host, String what, String detail);
}
