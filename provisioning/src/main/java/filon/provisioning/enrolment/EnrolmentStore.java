package filon.provisioning.enrolment;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.Optional;

/** Keeps hashes of tokens, and the audit. */
public interface EnrolmentStore {
    void add(Invitation invitation, String name, String site, String createdBy, Instant now);

    /** Spends the token; of many that try at once exactly one gets an answer. */
    Optional<Invited> redeem(EnrolmentToken token, Instant now);

    /** What is known of a token that could not be redeemed, for the audit: who it was for and what is wrong with it. */
    Refusal refusal(EnrolmentToken token, Instant now);

    void audit(Instant at, Optional<HostId> host, String what, String detail);

    /** Why a token was refused; {@code host} is empty for one that never existed. */
    record Refusal(Optional<HostId> host, String why) {}
}
