package filon.provisioning.fleet.rest;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.provisioning.fleet.TransitionView;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transitions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** Every move of a lease and of its work on each GPU, for staff. The id of a GPU may contain slashes. */
@Path("/admin/leases")
@RolesAllowed("operator")
class LeaseTransitionResource {
    private final Transitions transitions;

    LeaseTransitionResource(Transitions transitions) {
        this.transitions = transitions;
    }

    @GET
    @Path("/{id}/transitions")
    public TransitionView.Page of(@PathParam("id") UUID id, @BeanParam Paging paging) {
        return TransitionView.Page.of(transitions.ofKnown(Subject.of(LeaseId.of(id)), paging.request()));
    }

    @GET
    @Path("/{id}/workloads/{gpu: .+}/transitions")
    public TransitionView.Page ofWorkload(
            @PathParam("id") UUID id, @PathParam("gpu") String gpu, @BeanParam Paging paging) {
        return TransitionView.Page.of(transitions.ofKnown(Subject.of(LeaseId.of(id), GpuId.of(gpu)), paging.request()));
    }
}
