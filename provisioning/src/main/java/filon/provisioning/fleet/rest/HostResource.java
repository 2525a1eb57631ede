package filon.provisioning.fleet.rest;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.provisioning.enrolment.HostTopicsReconciliation;
import filon.provisioning.enrolment.Revocations;
import filon.provisioning.fleet.BurnInView;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.Hosts;
import filon.provisioning.identity.Identities;
import filon.provisioning.standing.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;

/** What staff see of hosts, and the three things they decide on one. */
@Path("/admin/hosts")
@RolesAllowed("operator")
class HostResource {
    private final Fleet fleet;
    private final Hosts hosts;
    private final Identities identities;
    private final Revocations revocations;
    private final HostTopicsReconciliation topics;
    private final SecurityIdentity caller;

    HostResource(
            Fleet fleet,
            Hosts hosts,
            Identities identities,
            Revocations revocations,
            HostTopicsReconciliation topics,
            SecurityIdentity caller) {
        this.fleet = fleet;
        this.hosts = hosts;
        this.identities = identities;
        this.revocations = revocations;
        this.topics = topics;
        this.caller = caller;
    }

    record Decision(@NotBlank @Size(max = 200) String reason) {}

    @GET
    public List<HostView> all() {
        return fleet.all();
    }

    @GET
    @Path("/{id}")
    public HostView one(@PathParam("id") UUID id) {
        return fleet.find(HostId.of(id))
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no host " + id)));
    }

    @GET
    @Path("/{id}/burn-ins")
    public List<BurnInView> burnIns(@PathParam("id") UUID id) {
        return fleet.burnIns(one(id).id());
    }

    @POST
    @Path("/{id}/drains")
    public HostView drain(@PathParam("id") UUID id, @NotNull @Valid Decision decision) {
        return decide(id, new HostEvent.DrainAsked(by(decision)));
    }

    @POST
    @Path("/{id}/readmissions")
    public HostView readmit(@PathParam("id") UUID id, @NotNull @Valid Decision decision) {
        identities.requireTrusted(HostId.of(id));
        return decide(id, new HostEvent.Readmitted(by(decision)));
    }

    @POST
    @Path("/{id}/retirements")
    public HostView retire(@PathParam("id") UUID id, @NotNull @Valid Decision decision) {
        decide(id, new HostEvent.RetirementAsked(by(decision)));
        // gone for ever: whoever finds the machine finds keys that open nothing
        revocations.revoke(HostId.of(id), "retired: " + by(decision), caller());
        topics.reconcile(HostId.of(id));
        return one(id);
    }

    private HostView decide(UUID id, HostEvent event) {
        if (hosts.decide(HostId.of(id), event, caller()) instanceof HostMoves.Refused(ProblemCode code, String why)) {
            throw new ProblemException(Problem.of(code, why));
        }
        return one(id);
    }

    private Actor caller() {
        return Actor.person(caller.getPrincipal().getName());
    }

    private String by(Decision decision) {
        return decision.reason() + " (" + caller.getPrincipal().getName() + ")";
    }
}
