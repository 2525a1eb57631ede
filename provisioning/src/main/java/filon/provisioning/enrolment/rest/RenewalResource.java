package filon.provisioning.enrolment.rest;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.contracts.value.RenewalClaim;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.enrolment.RenewalAnswer;
import filon.provisioning.enrolment.RenewalRequest;
import filon.provisioning.enrolment.Renewals;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Gives hosts their next certificate; the signature in the body is their only credential. */
@Path("/identity/renewals")
@PermitAll
class RenewalResource {
    private final Renewals renewals;

    RenewalResource(Renewals renewals) {
        this.renewals = renewals;
    }

    /**
     * @param certificate PEM of the current one, or of one that ended not too long ago
     * @param csr PEM, for the same key or a new one
     * @param signature Base64, by the certificate's key, over {@link RenewalClaim#signedBytes()}
     */
    record Renewal(
            @NotNull UUID hostId,
            @NotBlank @Size(max = 8_192) String certificate,
            @NotBlank @Size(max = 8_192) String csr,
            @NotNull Instant at,
            @NotNull UUID nonce,
            @NotBlank @Size(max = 256) String signature) {}

    @POST
    public Response renew(@NotNull @Valid Renewal renewal) {
        RenewalRequest asked = new RenewalRequest(
                new RenewalClaim(HostId.of(renewal.hostId()), renewal.csr(), renewal.at(), renewal.nonce()),
                AgentCertificates.prove(renewal.csr()),
                renewal.certificate(),
                signature(renewal.signature()));
        return switch (renewals.renew(asked)) {
            case RenewalAnswer.Renewed(var papers) ->
                Response.ok(papers).header("Cache-Control", "no-store").build();
            case RenewalAnswer.Refused(String why) ->
                throw new ProblemException(Problem.of(ProblemCode.RENEWAL_REFUSED, why));
        };
    }

    private static byte[] signature(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.field("/signature", "the signature is not Base64"));
        }
    }
}
