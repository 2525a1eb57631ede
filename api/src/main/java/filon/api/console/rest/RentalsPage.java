package filon.api.console.rest;

import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.api.rental.PageRequest;
import filon.api.rental.RentalPage;
import filon.api.rental.Rentals;
import filon.api.usage.Usages;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** All customers' rentals for staff, the newest hundred. */
@Path("/console/rentals")
@RolesAllowed(Role.OPERATOR_NAME)
@Produces(MediaType.TEXT_HTML)
@Blocking
class RentalsPage {
    private static final String LIMIT = "100";

    /** The newest rentals; {@code hasMore} when there are others. */
    record RentalsView(List<RentalLine> lines, boolean hasMore) {}

    @CheckedTemplate(basePath = "console/rentals")
    static class Templates {
        private Templates() {}

        static native TemplateInstance rentals(Page page, RentalsView view);

        static native TemplateInstance table(RentalsView view);
    }

    private final Rentals rentals;
    private final Usages usages;
    private final CurrentCaller caller;
    private final Clock clock;

    RentalsPage(Rentals rentals, Usages usages, CurrentCaller caller, Clock clock) {
        this.rentals = rentals;
        this.usages = usages;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        return Templates.rentals(Page.of("Rentals", "rentals", caller.get()), view());
    }

    @GET
    @Path("table")
    @Operation(hidden = true)
    public TemplateInstance table() {
        return Templates.table(view());
    }

    private RentalsView view() {
        PageRequest newest = PageRequest.of(LIMIT, null);
        RentalPage page = rentals.listAll(newest.after(), newest.limit());
        return new RentalsView(
                usages.of(page.items()).stream()
                        .map(usage -> RentalLine.of(usage, clock.instant()))
                        .toList(),
                page.next().isPresent());
    }
}
