package filon.provisioning.incident.rest;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.provisioning.incident.Incident;
import filon.provisioning.incident.Incidents;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;

/** What staff see of incidents, and that they have seen them. */
@Path("/admin/incidents")
@RolesAllowed("operator")
class IncidentResource {
    private final Incidents incidents;
    private final SecurityIdentity caller;

    IncidentResource(Incidents incidents, SecurityIdentity caller) {
        this.incidents = incidents;
        this.caller = caller;
    }

    @GET
    public List<Incident> newest() {
        return incidents.newest();
    }

    @POST
    @Path("/{id}/acknowledgements")
    public Incident acknowledge(@PathParam("id") UUID id) {
        return incidents
                .acknowledge(id, caller.getPrincipal().getName())
                .orElseThrow(
                        () -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no incident " + id)));
    }
}
