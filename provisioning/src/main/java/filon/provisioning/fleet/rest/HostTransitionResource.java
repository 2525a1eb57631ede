package filon.provisioning.fleet.rest;

import filon.contracts.value.HostId;
import filon.provisioning.fleet.TransitionView;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transitions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** Every move of a host, for staff. */
@Path("/admin/hosts")
@RolesAllowed("operator")
class HostTransitionResource {
    private final Transitions transitions;

    HostTransitionResource(Transitions transitions) {
        this.transitions = transitions;
    }

    @GET
    @Path("/{id}/transitions")
    public TransitionView.Page of(@PathParam("id") UUID id, @BeanParam Paging paging) {
        return TransitionView.Page.of(transitions.ofKnown(Subject.of(HostId.of(id)), paging.request()));
    }
}
