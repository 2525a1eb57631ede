package filon.provisioning.enrolment;

import filon.contracts.value.HostId;

/** Whom a redeemed token was made for. */
public record Invited(HostId hostId, String name, String site) {}
