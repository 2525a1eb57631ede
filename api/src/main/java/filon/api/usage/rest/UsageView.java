package filon.api.usage.rest;

import filon.api.fleet.Live;
import filon.api.fleet.Reading;
import filon.api.usage.Usage;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The usage of a rental as JSON. {@code costMicroEur} is exactly the price of {@code provenSeconds}.
 *
 * @param hashrateHs hashes per second now, as the hosts say
 * @param meteredUntil absent before anything was metered
 */
@Schema(name = "Usage")
record UsageView(
        RentalId rentalId,
        String state,
        String reason,
        HashRate hashrateHs,
        long acceptedShares,
        long rejectedShares,
        long provenSeconds,
        MicroEuro costMicroEur,
        MicroEuro priceMicroEurPerGpuHour,
        Instant meteredUntil,
        Instant asOf,
        List<GpuView> gpus) {
    /** A GPU that was heard of; temperature and power are absent where the device offers none. */
    @Schema(name = "UsageGpu")
    record GpuView(
            GpuId gpuId,
            HashRate hashrateHs,
            long acceptedShares,
            long rejectedShares,
            Integer temperatureCelsius,
            Long powerMilliwatts,
            Instant at) {
        static GpuView of(GpuId gpu, Live live) {
            return new GpuView(
                    gpu,
                    live.hashRateNow(),
                    live.acceptedShares(),
                    live.rejectedShares(),
                    live.temperatureCelsius().orElse(null),
                    live.powerMilliwatts().orElse(null),
                    live.at());
        }
    }

    static UsageView of(Usage usage) {
        return new UsageView(
                usage.rental().id(),
                usage.rental().state().name(),
                usage.rental().state().reason(),
                usage.hashRate(),
                usage.acceptedShares(),
                usage.rejectedShares(),
                usage.cost().provenSeconds(),
                usage.cost().cost(),
                usage.rental().order().pricePerGpuHour(),
                usage.cost().meteredUntil().orElse(null),
                usage.asOf(),
                usage.readings().stream().flatMap(UsageView::gpu).toList());
    }

    private static Stream<GpuView> gpu(Reading reading) {
        return reading.live().stream().map(live -> GpuView.of(reading.gpu(), live));
    }
}
