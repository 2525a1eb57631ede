package filon.provisioning.enrolment;

import filon.contracts.value.HostId;
import java.time.Instant;

/** What an operator hands to a new host. */
public record Invitation(HostId hostId, EnrolmentToken token, Instant expiresAt) {}
