package filon.api.catalogue.rest;

import filon.api.catalogue.Listing;
import filon.api.catalogue.Offers;
import filon.api.catalogue.Quote;
import filon.api.fleet.MeasuredRate;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HashRate;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The catalogue, open to everybody. */
@Path("/api/v1/offers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Offers")
class OfferResource {
    /**
     * @param priceMicroEurPerGpuHour absent until a price is published
     * @param measuredRates what the free devices were measured to hash; absent where none was measured
     * @param available free devices now
     * @param unavailableReason absent when an order can start at once
     */
    @Schema(name = "Offer")
    record OfferView(
            Sku sku,
            String title,
            DeviceKind deviceKind,
            List<Algorithm> algorithms,
            MicroEuro priceMicroEurPerGpuHour,
            Integer priceVersion,
            List<RateView> measuredRates,
            int available,
            String unavailableReason) {
        static OfferView of(Listing listing) {
            return new OfferView(
                    listing.offer().sku(),
                    listing.offer().title(),
                    listing.offer().deviceKind(),
                    listing.offer().algorithms(),
                    listing.quote().map(Quote::pricePerGpuHour).orElse(null),
                    listing.quote().map(Quote::version).orElse(null),
                    listing.rates().isEmpty()
                            ? null
                            : listing.rates().stream().map(RateView::of).toList(),
                    listing.free(),
                    listing.unavailable().orElse(null));
        }
    }

    /**
     * In hashes a second.
     *
     * @param medianHs of the medians of the free devices that were measured
     * @param lowestHs the slowest run of any of them
     * @param highestHs the fastest run of any of them
     * @param devices how many were measured
     * @param oldestMeasuredAt when the one was that was measured longest ago
     */
    @Schema(name = "MeasuredRate")
    record RateView(
            Algorithm algorithm,
            HashRate medianHs,
            HashRate lowestHs,
            HashRate highestHs,
            int devices,
            Instant oldestMeasuredAt) {
        static RateView of(MeasuredRate rate) {
            return new RateView(
                    rate.algorithm(),
                    rate.median(),
                    rate.lowest(),
                    rate.highest(),
                    rate.devices(),
                    rate.oldestMeasuredAt());
        }
    }

    record OfferPage(List<OfferView> items) {}

    private final Offers offers;

    OfferResource(Offers offers) {
        this.offers = offers;
    }

    @GET
    @PermitAll
    @Operation(summary = "List what can be ordered, with prices and stock of this moment")
    public OfferPage list() {
        return new OfferPage(offers.list().stream().map(OfferView::of).toList());
    }
}
