package filon.api.catalogue;

import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import java.time.Instant;

/** What an offer costs from an instant on; versions only ever rise. */
public record Quote(Sku offer, int version, MicroEuro pricePerGpuHour, Instant validFrom) {}
