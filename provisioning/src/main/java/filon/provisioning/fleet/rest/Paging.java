package filon.provisioning.fleet.rest;

import filon.provisioning.standing.TransitionRequest;
import jakarta.ws.rs.QueryParam;

/**
 * Which page of moves is asked for.
 *
 * @param limit 1 to 200; 50 where it is absent
 * @param cursor one that the page before gave; absent for the first
 */
record Paging(
        @QueryParam("limit") String limit,
        @QueryParam("cursor") String cursor) {
    TransitionRequest request() {
        return TransitionRequest.of(limit, cursor);
    }
}
