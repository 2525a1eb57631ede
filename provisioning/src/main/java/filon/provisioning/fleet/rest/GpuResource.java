package filon.provisioning.fleet.rest;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.HostGpus;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.standing.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** What staff decide on a single GPU. Its id is in the body: it may contain {@code /}, {@code :} and whatever else a driver says. */
@Path("/admin/gpus")
@RolesAllowed("operator")
class GpuResource {
    private final Fleet fleet;
    private final HostGpus gpus;
    private final SecurityIdentity caller;

    GpuResource(Fleet fleet, HostGpus gpus, SecurityIdentity caller) {
        this.fleet = fleet;
        this.gpus = gpus;
        this.caller = caller;
    }

    record Decision(
            @NotBlank @Size(max = GpuId.LENGTH_MAX) String gpuId,
            @NotBlank @Size(max = 200) String reason) {}

    @POST
    @Path("/exclusions")
    public HostView exclude(@NotNull @Valid Decision decision) {
        return decide(decision, new GpuEvent.ExclusionAsked(by(decision)));
    }

    @POST
    @Path("/inclusions")
    public HostView include(@NotNull @Valid Decision decision) {
        return decide(decision, new GpuEvent.InclusionAsked(by(decision) + "; waits for the burn-in of its host"));
    }

    private HostView decide(Decision decision, GpuEvent event) {
        HostId host = gpus.decide(
                GpuId.of(decision.gpuId()),
                event,
                Actor.person(caller.getPrincipal().getName()));
        return fleet.find(host).orElseThrow();
    }

    private String by(Decision decision) {
        return decision.reason() + " (" + caller.getPrincipal().getName() + ")";
    }
}
