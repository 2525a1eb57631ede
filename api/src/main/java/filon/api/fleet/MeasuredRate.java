package filon.api.fleet;

import filon.contracts.value.Algorithm;
import filon.contracts.value.HashRate;
import java.time.Instant;

/**
 * What several devices were measured to hash in their burn-ins.
 *
 * @param median of the devices' medians
 * @param lowest the slowest run of any of them, {@code highest} the fastest
 * @param devices how many were measured
 * @param oldestMeasuredAt when the one was that was measured longest ago
 */
public record MeasuredRate(
        Algorithm algorithm,
        HashRate median,
        HashRate lowest,
        HashRate highest,
        int devices,
        Instant oldestMeasuredAt) {}
