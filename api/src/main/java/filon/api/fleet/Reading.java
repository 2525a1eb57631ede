package filon.api.fleet;

import filon.contracts.value.GpuId;
import java.util.Optional;

/** A GPU that works or worked for a rental, and what its host said last of that work. */
public record Reading(GpuId gpu, Optional<Live> live) {}
