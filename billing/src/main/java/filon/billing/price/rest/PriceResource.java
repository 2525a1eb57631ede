package filon.billing.price.rest;

import filon.billing.price.Price;
import filon.billing.price.Prices;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Staff of finance add versions of prices. */
@Path("/admin/prices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PriceResource {
    /** @param validFrom present or future; left out it is now */
    record NewPrice(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,64}") String offer,
            @Min(1) @Max(1_000_000_000_000L) long priceMicroEurPerGpuHour,
            Instant validFrom) {}

    record PriceView(Sku offer, int version, MicroEuro priceMicroEurPerGpuHour, Instant validFrom) {
        static PriceView of(Price price) {
            return new PriceView(price.offer(), price.version(), price.perGpuHour(), price.validFrom());
        }
    }

    private final Prices prices;
    private final Clock clock;

    PriceResource(Prices prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    @POST
    @RolesAllowed("finance")
    public Response add(@Valid NewPrice body, @Context SecurityContext caller) {
        if (body == null) {
            throw new ProblemException(Problem.field("", "the body is empty"));
        }
        // PostgreSQL keeps microseconds: the version is told as it is kept
        Instant validFrom =
                Optional.ofNullable(body.validFrom()).orElseGet(clock::instant).truncatedTo(ChronoUnit.MICROS);
        Price price = prices.add(
                Sku.of(body.offer()),
                MicroEuro.of(body.priceMicroEurPerGpuHour()),
                validFrom,
                caller.getUserPrincipal().getName());
        return Response.status(Response.Status.CREATED)
                .entity(PriceView.of(price))
                .build();
    }
}
