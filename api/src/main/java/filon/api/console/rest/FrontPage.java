package filon.api.console.rest;

import filon.api.catalogue.Listing;
import filon.api.catalogue.Offers;
import filon.api.console.Figures;
import filon.api.console.Shown;
import filon.contracts.value.Algorithm;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The first page: what there is to order and where to sign in. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class FrontPage {
    /** An offer as a card; {@code price} is a dash until there is one. */
    record OfferCard(
            String sku,
            String title,
            String device,
            String algorithms,
            boolean isPriced,
            Shown price,
            Shown free,
            String reason) {
        static OfferCard of(Listing listing) {
            return new OfferCard(
                    listing.offer().sku().sku(),
                    listing.offer().title(),
                    listing.offer().deviceKind().name(),
                    listing.offer().algorithms().stream().map(Algorithm::label).collect(Collectors.joining(", ")),
                    listing.quote().isPresent(),
                    listing.quote()
                            .map(quote -> Figures.money(quote.pricePerGpuHour()))
                            .orElse(new Shown("–", "no price is published yet")),
                    Figures.count(listing.free()),
                    listing.unavailable().orElse(""));
        }
    }

    @CheckedTemplate(basePath = "console/front")
    static class Templates {
        private Templates() {}

        static native TemplateInstance front(Page page, List<OfferCard> offers);
    }

    private final Offers offers;

    FrontPage(Offers offers) {
        this.offers = offers;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public TemplateInstance show() {
        return Templates.front(
                Page.open("Hosted mining by the proven second"),
                offers.list().stream().map(OfferCard::of).toList());
    }
}
