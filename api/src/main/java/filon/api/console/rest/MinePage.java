package filon.api.console.rest;

import filon.api.balance.Balance;
import filon.api.balance.Balances;
import filon.api.catalogue.Offers;
import filon.api.console.Figures;
import filon.api.console.Shown;
import filon.api.identity.Caller;
import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.api.rental.CheckedWish;
import filon.api.rental.PageRequest;
import filon.api.rental.RentalIds;
import filon.api.rental.RentalPage;
import filon.api.rental.Rentals;
import filon.api.rental.Wish;
import filon.api.rental.WishChecks;
import filon.api.usage.Usage;
import filon.api.usage.Usages;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HashRate;
import filon.plumbing.idempotency.Idempotency;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A customer's own rentals, with what they do and cost, and the form to order more. */
@Path("/my")
@RolesAllowed(Role.CUSTOMER_NAME)
@Produces(MediaType.TEXT_HTML)
@Blocking
class MinePage {
    private static final URI HOME = URI.create("/my/rentals");

    /** The customer's rentals and money at one moment. */
    record MineView(Shown available, Shown held, Shown rate, Shown accepted, List<RentalLine> lines, boolean hasMore) {
        static MineView of(Balance balance, List<Usage> usages, boolean hasMore, Instant now) {
            return new MineView(
                    Figures.money(balance.available()),
                    Figures.money(balance.held()),
                    Figures.rate(usages.stream().map(Usage::hashRate).reduce(HashRate.ZERO, HashRate::plus)),
                    Figures.count(
                            usages.stream().mapToLong(Usage::acceptedShares).sum()),
                    usages.stream().map(usage -> RentalLine.of(usage, now)).toList(),
                    hasMore);
        }
    }

    @CheckedTemplate(basePath = "console/mine")
    static class Templates {
        private Templates() {}

        static native TemplateInstance mine(
                Page page, MineView view, OrderForm.View form, List<FrontPage.OfferCard> offers);

        static native TemplateInstance list(MineView view);
    }

    private final Rentals rentals;
    private final WishChecks checks;
    private final Usages usages;
    private final Balances balances;
    private final Offers offers;
    private final Idempotency idempotency;
    private final CurrentCaller caller;
    private final Clock clock;

    MinePage(
            Rentals rentals,
            WishChecks checks,
            Usages usages,
            Balances balances,
            Offers offers,
            Idempotency idempotency,
            CurrentCaller caller,
            Clock clock) {
        this.rentals = rentals;
        this.checks = checks;
        this.usages = usages;
        this.balances = balances;
        this.offers = offers;
        this.idempotency = idempotency;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public Response home() {
        return Response.seeOther(HOME).build();
    }

    @GET
    @Path("rentals")
    @Operation(hidden = true)
    public TemplateInstance show() {
        return page(OrderForm.View.fresh());
    }

    @GET
    @Path("rentals/list")
    @Operation(hidden = true)
    public TemplateInstance list() {
        return Templates.list(view());
    }

    @POST
    @Path("rentals")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response order(@BeanParam OrderForm form) {
        Caller customer = caller.get();
        Wish wish = form.wish();
        CheckedWish checked = checks.check(wish);
        try {
            checked.requireForm();
            idempotency.once("order-form:" + customer.customerId(), form.key, wish, () -> Response.status(
                            Response.Status.CREATED)
                    .entity(Map.of("id", rentals.order(customer, checked).id()))
                    .build());
            return Response.seeOther(HOME).build();
        } catch (ProblemException e) {
            return Response.status(e.problem().code().status())
                    .entity(page(form.refused(e.problem())))
                    .build();
        }
    }

    @POST
    @Path("rentals/{id}/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response end(@PathParam("id") String id) {
        rentals.end(caller.get(), RentalIds.parse(id));
        return Response.seeOther(HOME).build();
    }

    @POST
    @Path("rentals/{id}/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response pause(@PathParam("id") String id) {
        rentals.pause(caller.get(), RentalIds.parse(id));
        return Response.seeOther(HOME).build();
    }

    @POST
    @Path("rentals/{id}/resume")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response resume(@PathParam("id") String id) {
        rentals.resume(caller.get(), RentalIds.parse(id));
        return Response.seeOther(HOME).build();
    }

    private TemplateInstance page(OrderForm.View form) {
        return Templates.mine(
                Page.of("My rentals", "mine", caller.get()),
                view(),
                form,
                offers.list().stream().map(FrontPage.OfferCard::of).toList());
    }

    private MineView view() {
        Caller customer = caller.get();
        PageRequest newest = PageRequest.of("100", null);
        RentalPage own = rentals.list(customer, newest.after(), newest.limit());
        return MineView.of(
                balances.of(customer), usages.of(own.items()), own.next().isPresent(), clock.instant());
    }
}
