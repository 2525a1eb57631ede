package filon.api.balance.rest;

import filon.api.balance.Balance;
import filon.api.balance.Balances;
import filon.api.identity.Caller;
import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who the caller is and what the caller has. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Account")
class BalanceResource {
    /** @param asOf when billing said it; absent when it never spoke of this customer */
    @Schema(name = "Balance")
    record BalanceView(MicroEuro availableMicroEur, MicroEuro heldMicroEur, Instant asOf) {
        static BalanceView of(Balance balance) {
            return new BalanceView(
                    balance.available(), balance.held(), balance.asOf().orElse(null));
        }
    }

    @Schema(name = "Me")
    record MeView(CustomerId customerId, String name, List<String> roles) {
        static MeView of(Caller caller) {
            return new MeView(
                    caller.customerId(),
                    caller.name(),
                    caller.roles().stream().map(Role::label).sorted().toList());
        }
    }

    private final Balances balances;
    private final CurrentCaller caller;

    BalanceResource(Balances balances, CurrentCaller caller) {
        this.balances = balances;
        this.caller = caller;
    }

    @GET
    @Path("balance")
    @RolesAllowed(Role.CUSTOMER_NAME)
    @Operation(summary = "Show what can be spent and what is reserved for running rentals")
    public BalanceView balance() {
        return BalanceView.of(balances.of(caller.get()));
    }

    @GET
    @Path("me")
    @Authenticated
    @Operation(summary = "Show who the token speaks for")
    public MeView me() {
        return MeView.of(caller.get());
    }
}
