package filon.provisioning.maintenance.rest;

import filon.contracts.value.HostId;
import filon.provisioning.maintenance.MaintenanceWindow;
import filon.provisioning.maintenance.MaintenanceWindows;
import filon.provisioning.maintenance.MaintenanceWindows.Announcement;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

/** What staff announce of a host's maintenance. */
@Path("/admin/hosts/{id}/maintenance-windows")
@RolesAllowed("operator")
class MaintenanceWindowResource {
    private final MaintenanceWindows windows;
    private final SecurityIdentity caller;

    MaintenanceWindowResource(MaintenanceWindows windows, SecurityIdentity caller) {
        this.windows = windows;
        this.caller = caller;
    }

    record NewWindow(
            @NotNull Instant startsAt,
            @NotBlank @Size(max = 200) String reason) {}

    @POST
    public Response announce(@PathParam("id") UUID id, @NotNull @Valid NewWindow wanted) {
        MaintenanceWindow window =
                windows.announce(HostId.of(id), new Announcement(wanted.startsAt(), wanted.reason(), caller()));
        return Response.status(Response.Status.CREATED).entity(window).build();
    }

    @DELETE
    @Path("/{window}")
    public void cancel(@PathParam("id") UUID id, @PathParam("window") UUID window) {
        windows.cancel(HostId.of(id), window, caller());
    }

    private String caller() {
        return caller.getPrincipal().getName();
    }
}
