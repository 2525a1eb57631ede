package filon.plumbing.problem;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;

/** Fails in every way. */
@Path("/sample")
public class SampleResource {
    public record Wish(@NotNull @Min(1) Integer gpus) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String wish(@NotNull @Valid Wish wish) {
        return "granted";
    }

    @GET
    @Path("error")
    public String error() {
        throw new AssertionError("secret detail");
    }

    @GET
    @Path("{failure}")
    public String fail(@PathParam("failure") String failure) throws Exception {
        throw switch (failure) {
            case "conflict" -> new ProblemException(Problem.of(ProblemCode.CONFLICT, "the thing is busy"));
            case "unauthorised" -> new UnauthorizedException("secret detail");
            case "forbidden" -> new ForbiddenException("secret detail");
            case "broken" -> new IOException("secret detail");
            case "busy" -> new ServiceUnavailableException("later");
            case "large" -> new ClientErrorException("too large", 413);
            default -> new IllegalStateException("secret detail");
        };
    }
}
