package filon.provisioning.enrolment;

import filon.contracts.value.Fingerprint;
import java.time.Instant;

/**
 * A token that could not be redeemed, or not once more.
 *
 * @param redeemedKey the fingerprint of the key it brought in; empty while it has brought in none
 */
public record RedeemedToken(Invited invited, Instant expiresAt, String redeemedKey) {
    boolean isRedeemed() {
        return !redeemedKey.isEmpty();
    }

    boolean isRedeemedBy(Fingerprint key) {
        return redeemedKey.equals(key.text());
    }
}
