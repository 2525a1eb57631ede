package filon.agent.enrolment;

import filon.agent.identity.Identity;

/** What provisioning said to an enrolment. */
public sealed interface EnrolmentAnswer {

    /** The host is known from now on. */
    record Accepted(Identity identity) implements EnrolmentAnswer {}

    /** Asking again with the same token cannot help. */
    record Refused(String reason) implements EnrolmentAnswer {}

    /** Nobody answered, or not now: the same token may be tried again. */
    record Unavailable(String reason) implements EnrolmentAnswer {}
}
