package filon.billing.rating.rest;

import filon.billing.hold.Hold;
import filon.billing.hold.Holds;
import filon.billing.rating.PostedCost;
import filon.billing.rating.Rating;
import filon.billing.rating.Ratings;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows staff what a rental was charged, and which metered time it comes from. */
@Path("/admin/rentals")
@Produces(MediaType.APPLICATION_JSON)
class RentalCostResource {
    /**
     * @param provenSeconds charged; {@code unchargedSeconds} more are proven and not charged: rated within seconds, or too late
     *     for a settled rental
     * @param lines from the meters as they are now
     */
    record CostView(
            RentalId rentalId,
            String state,
            long provenSeconds,
            MicroEuro costMicroEur,
            MicroEuro priceMicroEurPerHour,
            int priceVersion,
            long unchargedSeconds,
            long acceptedShares,
            long rejectedShares,
            Instant meteredUntil,
            long version,
            List<Rating.Line> lines) {}

    private final Holds holds;
    private final Ratings ratings;

    RentalCostResource(Holds holds, Ratings ratings) {
        this.holds = holds;
        this.ratings = ratings;
    }

    @GET
    @Path("{rental}/cost")
    @RolesAllowed({"finance", "operator"})
    @Transactional
    public CostView cost(@PathParam("rental") String rental) {
        return idOf(rental)
                .flatMap(holds::find)
                .map(this::view)
                .orElseThrow(() ->
                        new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "billing knows no rental " + rental)));
    }

    private CostView view(Hold hold) {
        Rating now = ratings.ratingOf(hold.rental()).orElseThrow();
        Optional<PostedCost> posted = ratings.posted(hold.rental());
        long charged = posted.map(PostedCost::provenSeconds).orElse(0L);
        return new CostView(
                hold.rental(),
                hold.state().getClass().getSimpleName(),
                charged,
                posted.map(PostedCost::cost).orElse(MicroEuro.ZERO),
                hold.terms().pricePerGpuHour(),
                hold.terms().priceVersion(),
                now.provenSeconds() - charged,
                posted.map(PostedCost::acceptedShares).orElse(0L),
                posted.map(PostedCost::rejectedShares).orElse(0L),
                posted.map(PostedCost::meteredUntil).orElse(Instant.EPOCH),
                posted.map(PostedCost::version).orElse(0L),
                now.lines());
    }

    private static Optional<RentalId> idOf(String text) {
        try {
            return Optional.of(RentalId.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
