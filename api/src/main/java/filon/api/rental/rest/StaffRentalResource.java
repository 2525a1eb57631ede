package filon.api.rental.rest;

import filon.api.identity.Role;
import filon.api.rental.PageRequest;
import filon.api.rental.Rentals;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All customers' rentals, for operators. */
@Path("/api/v1/admin/rentals")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR_NAME)
@Tag(name = "Staff")
class StaffRentalResource {
    private final Rentals rentals;

    StaffRentalResource(Rentals rentals) {
        this.rentals = rentals;
    }

    @GET
    @Operation(summary = "List the rentals of all customers, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page; nextCursor is absent on the last one",
            content = @Content(schema = @Schema(implementation = RentalView.StaffPage.class)))
    @APIResponse(responseCode = "422", description = "A limit or cursor that cannot be")
    public RentalView.StaffPage list(@BeanParam PageParameters parameters) {
        PageRequest page = parameters.request();
        return RentalView.StaffPage.of(rentals.listAll(page.after(), page.limit()));
    }
}
