package filon.provisioning.enrolment.rest;

import filon.contracts.value.HostId;
import filon.provisioning.enrolment.Enrolments;
import filon.provisioning.enrolment.Invitation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** Invites hosts. */
@Path("/admin/enrolment-tokens")
@RolesAllowed("operator")
class EnrolmentTokenResource {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private final Enrolments enrolments;
    private final SecurityIdentity caller;

    EnrolmentTokenResource(Enrolments enrolments, SecurityIdentity caller) {
        this.enrolments = enrolments;
        this.caller = caller;
    }

    /** @param serial of the machine that is expected; a person has to confirm the host without one */
    record NewToken(
            @NotNull @Pattern(regexp = NAME, message = "has to be 1 to 63 characters of A-Z a-z 0-9 . _ -")
            String name,

            @NotNull @Pattern(regexp = NAME, message = "has to be 1 to 63 characters of A-Z a-z 0-9 . _ -")
            String site,

            @SerialNumber String serial) {}

    /** The token is in no other answer, ever. */
    record Token(HostId hostId, String token, Instant expiresAt) {}

    @POST
    public Response invite(@NotNull @Valid NewToken wanted) {
        String serial = wanted.serial() == null ? "" : wanted.serial();
        String operator = caller.getPrincipal().getName();
        return created(enrolments.invite(wanted.name(), wanted.site(), serial, operator));
    }

    static Response created(Invitation invitation) {
        Token token = new Token(invitation.hostId(), invitation.token().text(), invitation.expiresAt());
        return Response.status(Response.Status.CREATED)
                .header("Cache-Control", "no-store")
                .entity(token)
                .build();
    }
}
