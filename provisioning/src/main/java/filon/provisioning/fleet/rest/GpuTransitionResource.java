package filon.provisioning.fleet.rest;

import filon.contracts.value.GpuId;
import filon.provisioning.fleet.TransitionView;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transitions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Every move of a GPU, for staff. Its id may contain slashes. */
@Path("/admin/gpus")
@RolesAllowed("operator")
class GpuTransitionResource {
    private final Transitions transitions;

    GpuTransitionResource(Transitions transitions) {
        this.transitions = transitions;
    }

    @GET
    @Path("/{id: .+}/transitions")
    public TransitionView.Page of(@PathParam("id") String id, @BeanParam Paging paging) {
        return TransitionView.Page.of(transitions.ofKnown(Subject.of(GpuId.of(id)), paging.request()));
    }
}
