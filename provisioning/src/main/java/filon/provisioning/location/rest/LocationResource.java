package filon.provisioning.location.rest;

import filon.contracts.value.HostId;
import filon.provisioning.location.Location;
import filon.provisioning.location.Locations;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** Where staff say that a host stands. */
@Path("/admin/hosts/{id}/location")
@RolesAllowed("operator")
class LocationResource {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 ._/-]{0,62}";
    private final Locations locations;
    private final SecurityIdentity caller;

    LocationResource(Locations locations, SecurityIdentity caller) {
        this.locations = locations;
        this.caller = caller;
    }

    /** What is null is not known. */
    record Place(
            @Pattern(regexp = NAME, message = "has to be 1 to 63 characters of A-Z a-z 0-9 space . _ / -")
            String rack,

            @Pattern(regexp = NAME, message = "has to be 1 to 63 characters of A-Z a-z 0-9 space . _ / -")
            String power) {}

    @PUT
    public Location put(@PathParam("id") UUID id, @NotNull @Valid Place place) {
        return locations.put(
                HostId.of(id),
                place.rack(),
                place.power(),
                caller.getPrincipal().getName());
    }
}
