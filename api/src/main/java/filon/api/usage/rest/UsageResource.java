package filon.api.usage.rest;

import filon.api.identity.Caller;
import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.api.rental.RentalIds;
import filon.api.usage.Usage;
import filon.api.usage.Usages;
import filon.contracts.value.RentalId;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** What a customer's rental does and costs, once or as a stream. */
@Path("/api/v1/rentals/{id}/usage")
@RolesAllowed(Role.CUSTOMER_NAME)
@Tag(name = "Usage")
class UsageResource {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** As long as a token lives: five minutes. */
    private static final int EVENTS_MAX = 150;

    private final Usages usages;
    private final CurrentCaller caller;

    UsageResource(Usages usages, CurrentCaller caller) {
        this.usages = usages;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Show hash rate and shares of this moment, and proven seconds with their cost")
    public UsageView show(@PathParam("id") String id) {
        return UsageView.of(usages.of(caller.get(), RentalIds.parse(id)));
    }

    @GET
    @Path("stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Send the usage every two seconds until the rental is over",
            description = "A stream ends after five minutes at the latest; connect again, with a token of that time")
    public Multi<UsageView> stream(@PathParam("id") String id) {
        Caller customer = caller.get();
        RentalId rental = RentalIds.parse(id);
        Usage first = usages.of(customer, rental);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(first),
                        Multi.createFrom()
                                .ticks()
                                .startingAfter(PERIOD)
                                .every(PERIOD)
                                .onOverflow()
                                .drop()
                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                .map(tick -> usages.of(customer, rental)))
                .select()
                .first(new UntilOver())
                .select()
                .first(EVENTS_MAX)
                .map(UsageView::of);
    }

    /** Lets the usage of a finished rental through once, and nothing after it. */
    private static final class UntilOver implements Predicate<Usage> {
        private boolean wasOver;

        @Override
        public boolean test(Usage usage) {
            boolean goesOn = !wasOver;
            wasOver = usage.rental().state().isFinal();
            return goesOn;
        }
    }
}
