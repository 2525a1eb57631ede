package filon.billing.ledger.rest;

import filon.billing.ledger.Balance;
import filon.billing.ledger.Ledger;
import filon.billing.ledger.Posted;
import filon.billing.ledger.TopUps;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.plumbing.idempotency.Idempotency;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;

/** Staff book top-ups and look at balances. */
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class MoneyResource {
    /** @param amountMicroEur see {@link TopUps#AMOUNT_MAX} */
    record TopUp(
            @NotBlank @Size(max = CustomerId.LENGTH_MAX) @Pattern(regexp = "\\P{Cntrl}*")
            String customerId,

            @Min(1) @Max(10_000_000_000L) long amountMicroEur,

            @NotBlank @Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*")
            String reference) {}

    record TopUpView(UUID entryId, MicroEuro availableMicroEur) {}

    record BalanceView(CustomerId customerId, MicroEuro availableMicroEur, MicroEuro heldMicroEur, long version) {
        static BalanceView of(Balance balance) {
            return new BalanceView(balance.customer(), balance.available(), balance.held(), balance.version());
        }
    }

    private final TopUps topUps;
    private final Ledger ledger;
    private final Idempotency idempotency;

    MoneyResource(TopUps topUps, Ledger ledger, Idempotency idempotency) {
        this.topUps = topUps;
        this.ledger = ledger;
        this.idempotency = idempotency;
    }

    @POST
    @Path("top-ups")
    @RolesAllowed("finance")
    @Transactional
    public Response topUp(
            @HeaderParam("Idempotency-Key") String key, @Valid TopUp body, @Context SecurityContext caller) {
        if (body == null) {
            throw new ProblemException(Problem.field("", "the body is empty"));
        }
        String actor = caller.getUserPrincipal().getName();
        return idempotency.once("top-up", key, body, () -> book(key, body, actor));
    }

    @GET
    @Path("customers/{customer}/balance")
    @RolesAllowed({"finance", "operator"})
    public BalanceView balance(@PathParam("customer") String customer) {
        return customerOf(customer)
                .flatMap(ledger::balance)
                .map(BalanceView::of)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.NOT_FOUND, "no customer with this id has a wallet")));
    }

    private Response book(String key, TopUp body, String actor) {
        CustomerId customer = CustomerId.of(body.customerId());
        Posted posted = topUps.topUp(customer, MicroEuro.of(body.amountMicroEur()), body.reference(), key, actor);
        MicroEuro available = ledger.balance(customer).orElseThrow().available();
        return Response.status(Response.Status.CREATED)
                .entity(new TopUpView(posted.entryId(), available))
                .build();
    }

    /** Empty for what cannot be anybody's id. */
    private static Optional<CustomerId> customerOf(String text) {
        boolean printable = text.chars().noneMatch(Character::isISOControl);
        return printable && !text.isBlank() && text.length() <= CustomerId.LENGTH_MAX
                ? Optional.of(CustomerId.of(text))
                : Optional.empty();
    }
}
