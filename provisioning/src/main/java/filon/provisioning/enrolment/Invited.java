package filon.provisioning.enrolment;

import filon.contracts.value.HostId;

/**
 * Whom a redeemed token was made for.
 *
 * @param serial of the machine that is expected; empty when nobody said
 * @param enrolment which enrolment of the host the token leads to
 */
public record Invited(HostId hostId, String name, String site, String serial, int enrolment) {}
