package filon.api.console.rest;

import filon.api.identity.Caller;
import filon.api.identity.CurrentCaller;
import filon.contracts.problem.ProblemCode;
import filon.plumbing.problem.ProblemBody;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows problems to people as pages; programs keep getting the problem itself. Pages are never kept by a cache. */
public class FailurePages {
    /** A problem in words for people. */
    record Words(int status, String headline, String text, String requestId) {
        static Words of(ProblemBody problem, boolean isStaffPage, Optional<Caller> caller) {
            if (problem.status() != ProblemCode.FORBIDDEN.status()) {
                return new Words(problem.status(), problem.title(), problem.detail(), problem.requestId());
            }
            String whom = isStaffPage ? "staff" : "customers";
            String who = caller.map(Caller::name).orElse("somebody unknown");
            return new Words(
                    problem.status(),
                    "This page is for " + whom,
                    "You are signed in as " + who + ", and that account does not have the role of " + whom
                            + ". Sign out to come back with another one.",
                    problem.requestId());
        }
    }

    @CheckedTemplate(basePath = "console/failure")
    static class Templates {
        private Templates() {}

        static native TemplateInstance failure(Page page, Words words);
    }

    private final CurrentCaller caller;

    FailurePages(CurrentCaller caller) {
        this.caller = caller;
    }

    @ServerResponseFilter
    public void show(ContainerRequestContext request, ContainerResponseContext response) {
        String path = path(request);
        if (isForPrograms(path)) {
            return;
        }
        response.getHeaders().putSingle("Cache-Control", "no-store");
        boolean wantsPage = request.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType());
        if (wantsPage && response.getEntity() instanceof ProblemBody problem) {
            response.setEntity(page(problem, path), null, MediaType.TEXT_HTML_TYPE);
        }
    }

    private String page(ProblemBody problem, String path) {
        // who is not known as anybody cannot be asked for a name
        Optional<Caller> known =
                problem.status() == ProblemCode.UNAUTHENTICATED.status() ? Optional.empty() : caller.find();
        Words words = Words.of(problem, path.startsWith("console"), known);
        Page page = known.map(who -> Page.of(words.headline(), "", who)).orElseGet(() -> Page.open(words.headline()));
        return Templates.failure(page, words).render();
    }

    private static boolean isForPrograms(String path) {
        return path.startsWith("api/") || path.startsWith("q/") || path.startsWith("openapi");
    }

    private static String path(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
