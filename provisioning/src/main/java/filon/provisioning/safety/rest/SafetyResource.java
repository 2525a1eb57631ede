package filon.provisioning.safety.rest;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.provisioning.safety.Automation;
import filon.provisioning.safety.Safety;
import filon.provisioning.safety.SafetyStore.Standing;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Shows staff what holds automations back, and lets a person release one. */
@Path("/admin/safety")
@RolesAllowed("operator")
class SafetyResource {
    private final Safety safety;
    private final SecurityIdentity caller;

    SafetyResource(Safety safety, SecurityIdentity caller) {
        this.safety = safety;
        this.caller = caller;
    }

    record Release(@NotBlank @Size(max = 200) String reason) {}

    /** {@code since} and {@code reason} are null while nothing holds. */
    record BrakeView(boolean engaged, Instant since, String reason) {}

    /** {@code since} and {@code reason} are null while it runs. */
    record AutomationView(String name, boolean paused, Instant since, String reason, int hosts, int hostsMax) {}

    record SafetyView(BrakeView brake, List<AutomationView> automations) {}

    @GET
    public SafetyView look() {
        Safety.View view = safety.view();
        Standing brake = view.brake().orElse(null);
        return new SafetyView(
                brake == null ? new BrakeView(false, null, null) : new BrakeView(true, brake.since(), brake.reason()),
                view.automations().stream().map(SafetyResource::shown).toList());
    }

    @POST
    @Path("/automations/{name}/releases")
    public SafetyView release(@PathParam("name") String name, @NotNull @Valid Release release) {
        Automation automation = Automation.named(name)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no automation " + name + "; known: "
                                + Arrays.stream(Automation.values())
                                        .map(Automation::label)
                                        .toList())));
        safety.release(
                automation, release.reason() + " (" + caller.getPrincipal().getName() + ")");
        return look();
    }

    private static AutomationView shown(Safety.AutomationView view) {
        Standing pause = view.pause().orElse(null);
        return new AutomationView(
                view.name(),
                pause != null,
                pause == null ? null : pause.since(),
                pause == null ? null : pause.reason(),
                view.hosts(),
                view.hostsMax());
    }
}
