package filon.provisioning.enrolment.rest;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.enrolment.Confirmations;
import filon.provisioning.enrolment.Enrolments;
import filon.provisioning.enrolment.HostTopicsReconciliation;
import filon.provisioning.enrolment.Revocations;
import filon.provisioning.standing.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** What staff decide on the identity of a host; {@code GET /admin/hosts/{id}} shows what became of it. */
@Path("/admin/hosts")
@RolesAllowed("operator")
class HostIdentityResource {
    private final Enrolments enrolments;
    private final Confirmations confirmations;
    private final Revocations revocations;
    private final HostTopicsReconciliation topics;
    private final SecurityIdentity caller;

    HostIdentityResource(
            Enrolments enrolments,
            Confirmations confirmations,
            Revocations revocations,
            HostTopicsReconciliation topics,
            SecurityIdentity caller) {
        this.enrolments = enrolments;
        this.confirmations = confirmations;
        this.revocations = revocations;
        this.topics = topics;
        this.caller = caller;
    }

    /** @param serial of the machine that is expected; a person has to confirm the host without one */
    record NewToken(@SerialNumber String serial) {}

    record Confirmation(
            @NotBlank @Size(max = 200) String fingerprint,
            @NotBlank @Size(max = 200) String reason) {}

    record Revocation(@NotBlank @Size(max = 200) String reason) {}

    @POST
    @Path("/{id}/enrolment-tokens")
    public Response inviteAgain(@PathParam("id") UUID id, @NotNull @Valid NewToken wanted) {
        String serial = wanted.serial() == null ? "" : wanted.serial();
        return EnrolmentTokenResource.created(enrolments.inviteAgain(HostId.of(id), serial, name()));
    }

    @POST
    @Path("/{id}/confirmations")
    public void confirm(@PathParam("id") UUID id, @NotNull @Valid Confirmation confirmation) {
        Fingerprint seen = fingerprint(confirmation.fingerprint());
        confirmations
                .byFingerprint(HostId.of(id), seen, by(confirmation.reason()), Actor.person(name()))
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    @POST
    @Path("/{id}/revocations")
    public void revoke(@PathParam("id") UUID id, @NotNull @Valid Revocation revocation) {
        revocations.revoke(HostId.of(id), by(revocation.reason()), Actor.person(name()));
        // the host is cut off when this answers, unless the brokers are away: then as soon as they are back
        topics.reconcile(HostId.of(id));
    }

    private static Fingerprint fingerprint(String text) {
        try {
            return Fingerprint.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.field("/fingerprint", e.getMessage()));
        }
    }

    private String by(String reason) {
        return reason + " (" + name() + ")";
    }

    private String name() {
        return caller.getPrincipal().getName();
    }
}
