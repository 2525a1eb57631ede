package filon.api.rental.rest;

import filon.api.identity.Caller;
import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.api.rental.CheckedWish;
import filon.api.rental.Maintenances;
import filon.api.rental.PageRequest;
import filon.api.rental.Rental;
import filon.api.rental.RentalIds;
import filon.api.rental.Rentals;
import filon.api.rental.Wish;
import filon.api.rental.WishChecks;
import filon.plumbing.idempotency.Idempotency;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A customer's rentals. Another's rental and none at all look the same. */
@Path("/api/v1/rentals")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.CUSTOMER_NAME)
@Tag(name = "Rentals")
class RentalResource {
    private static final String PROBLEM = "application/problem+json";

    private final Rentals rentals;
    private final Maintenances maintenances;
    private final WishChecks checks;
    private final Idempotency idempotency;
    private final CurrentCaller caller;

    RentalResource(
            Rentals rentals,
            Maintenances maintenances,
            WishChecks checks,
            Idempotency idempotency,
            CurrentCaller caller) {
        this.rentals = rentals;
        this.maintenances = maintenances;
        this.checks = checks;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Order GPUs at the price of this moment; the same Idempotency-Key never orders twice",
            description = "A repeated request gets the stored answer with the header Idempotent-Replayed")
    @APIResponse(
            responseCode = "201",
            description = "Ordered; Location names the rental",
            content = @Content(schema = @Schema(implementation = RentalView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Not JSON, or no Idempotency-Key",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "no-key", value = OrderExample.NO_KEY)))
    @APIResponse(responseCode = "415", description = "The body is not application/json")
    @APIResponse(responseCode = "503", description = "The offer has no published price yet; try again")
    @APIResponse(
            responseCode = "422",
            description = "Every field that is wrong, by JSON pointer; or the key was used with another body",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "invalid", value = OrderExample.INVALID)))
    public Response order(
            @Parameter(
                            required = true,
                            description = "any text of 1 to 255 characters, a new one for each order",
                            schema = @Schema(minLength = 1, maxLength = 255))
                    @HeaderParam("Idempotency-Key")
                    String key,
            @RequestBody(
                            content =
                                    @Content(
                                            schema = @Schema(implementation = OrderExample.class),
                                            examples = @ExampleObject(name = "json", value = OrderExample.JSON)))
                    String body) {
        Wish wish = WishReader.read(body);
        CheckedWish checked = checks.check(wish);
        checked.requireForm();
        Caller customer = caller.get();
        return idempotency.once(
                "order:" + customer.customerId(), key, wish, () -> created(rentals.order(customer, checked)));
    }

    @GET
    @Operation(summary = "List the own rentals, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page; nextCursor is absent on the last one",
            content = @Content(schema = @Schema(implementation = RentalView.Page.class)))
    @APIResponse(responseCode = "422", description = "A limit or cursor that cannot be")
    public RentalView.Page list(@BeanParam PageParameters parameters) {
        PageRequest page = parameters.request();
        return RentalView.Page.of(rentals.list(caller.get(), page.after(), page.limit()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Show a rental: where it stands, why, since when, and whose move it is")
    @APIResponse(
            responseCode = "404",
            description = "No such rental, or another customer's",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "not-found", value = OrderExample.NOT_FOUND)))
    @APIResponse(
            responseCode = "200",
            description = "The rental",
            content = @Content(schema = @Schema(implementation = RentalView.class)))
    public RentalView show(@PathParam("id") String id) {
        Rental rental = rentals.find(caller.get(), RentalIds.parse(id));
        return RentalView.of(rental, maintenances.of(rental));
    }

    @GET
    @Path("{id}/history")
    @Operation(
            summary = "Show every state the rental has been in, and every reason, newest first",
            description = "The newest 1,000 are kept")
    @APIResponse(
            responseCode = "200",
            description = "A page; nextCursor is absent on the last one",
            content = @Content(schema = @Schema(implementation = HistoryView.Page.class)))
    @APIResponse(responseCode = "422", description = "A limit or cursor that cannot be")
    public HistoryView.Page history(@PathParam("id") String id, @BeanParam PageParameters parameters) {
        return HistoryView.Page.of(rentals.history(caller.get(), RentalIds.parse(id), parameters.ofHistory()));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "End a rental",
            description = "Asking twice is fine; proven time until the host has stopped is charged")
    @APIResponse(
            responseCode = "202",
            description = "The host stops",
            content = @Content(schema = @Schema(implementation = RentalView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was over already",
            content = @Content(schema = @Schema(implementation = RentalView.class)))
    public Response end(@PathParam("id") String id) {
        Rental rental = rentals.end(caller.get(), RentalIds.parse(id));
        Response.Status status = rental.state().isFinal() ? Response.Status.OK : Response.Status.ACCEPTED;
        return Response.status(status).entity(RentalView.of(rental)).build();
    }

    @POST
    @Path("{id}/pause")
    @Operation(summary = "Stop the work for a while; nothing is charged meanwhile and the GPUs go to others")
    @APIResponse(
            responseCode = "409",
            description = "The state does not allow it; the detail says why",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "conflict", value = OrderExample.CONFLICT)))
    @APIResponse(
            responseCode = "202",
            description = "Taken",
            content = @Content(schema = @Schema(implementation = RentalView.class)))
    public Response pause(@PathParam("id") String id) {
        return accepted(rentals.pause(caller.get(), RentalIds.parse(id)));
    }

    @POST
    @Path("{id}/resume")
    @Operation(summary = "Let a paused rental, or a suspended one after a top-up, go on")
    @APIResponse(
            responseCode = "409",
            description = "The state does not allow it; the detail says why",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "conflict", value = OrderExample.CONFLICT)))
    @APIResponse(
            responseCode = "202",
            description = "Taken",
            content = @Content(schema = @Schema(implementation = RentalView.class)))
    public Response resume(@PathParam("id") String id) {
        return accepted(rentals.resume(caller.get(), RentalIds.parse(id)));
    }

    private static Response created(Rental rental) {
        return Response.created(URI.create("/api/v1/rentals/" + rental.id()))
                .entity(RentalView.of(rental))
                .build();
    }

    private static Response accepted(Rental rental) {
        return Response.accepted(RentalView.of(rental)).build();
    }
}
