package filon.api.console.rest;

import filon.plumbing.problem.ProblemBody;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows problems to people as pages; programs keep getting the problem itself. Pages are never kept by a cache. */
public class FailurePages {
    private static final List<String> PAGES = List.of("console", "my");

    @CheckedTemplate(basePath = "console/failure")
    static class Templates {
        private Templates() {}

        static native TemplateInstance failure(Page page, ProblemBody problem);
    }

    @ServerResponseFilter
    public void show(ContainerRequestContext request, ContainerResponseContext response) {
        if (!isPage(request)) {
            return;
        }
        response.getHeaders().putSingle("Cache-Control", "no-store");
        boolean wantsPage = request.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType());
        if (wantsPage && response.getEntity() instanceof ProblemBody problem) {
            response.setEntity(
                    Templates.failure(Page.open(problem.title()), problem).render(), null, MediaType.TEXT_HTML_TYPE);
        }
    }

    private static boolean isPage(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        String bare = path.startsWith("/") ? path.substring(1) : path;
        return bare.isEmpty() || PAGES.stream().anyMatch(page -> bare.equals(page) || bare.startsWith(page + "/"));
    }
}
