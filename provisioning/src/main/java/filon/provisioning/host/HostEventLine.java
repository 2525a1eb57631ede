package filon.provisioning.host;

import java.time.Instant;

/** One thing that happened to a host, as people read it. */
public record HostEventLine(Instant at, String kind, String detail) {}
