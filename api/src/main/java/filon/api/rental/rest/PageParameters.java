package filon.api.rental.rest;

import filon.api.rental.PageRequest;
import filon.api.rental.TransitionRequest;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The parameters of every list of rentals; texts, so that a value that cannot be is named in a problem. */
class PageParameters {
    @Parameter(
            description = "how many to a page",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @QueryParam("limit")
    String limit;

    @Parameter(description = "nextCursor of the page before; absent for the first page")
    @QueryParam("cursor")
    String cursor;

    /** @throws filon.contracts.problem.ProblemException naming the parameter that cannot be */
    TransitionRequest ofHistory() {
        return TransitionRequest.of(limit, cursor);
    }

    /** @throws filon.contracts.problem.ProblemException naming the parameter that cannot be */
    PageRequest request() {
        return PageRequest.of(limit, cursor);
    }
}
