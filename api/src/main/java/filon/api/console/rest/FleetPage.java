package filon.api.console.rest;

import filon.api.console.Figures;
import filon.api.console.Shown;
import filon.api.fleet.Fleet;
import filon.api.fleet.Gpu;
import filon.api.fleet.Host;
import filon.api.identity.CurrentCaller;
import filon.api.identity.Role;
import filon.contracts.value.HashRate;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The hosts for staff, kept up to date by a stream of fragments. */
@Path("/console")
@RolesAllowed(Role.OPERATOR_NAME)
class FleetPage {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** A browser connects again by itself and is asked again who it is: five minutes. */
    private static final int EVENTS_MAX = 150;

    /** The whole fleet in four numbers, and its hosts: those that wait for staff first. */
    record FleetView(
            Shown hosts,
            Shown hostsInUse,
            Shown gpus,
            Shown gpusFree,
            Shown gpusWorking,
            Shown rate,
            List<HostLine> lines) {
        static FleetView of(List<Host> hosts, Instant now) {
            List<Gpu> gpus =
                    hosts.stream().flatMap(host -> host.gpus().stream()).toList();
            return new FleetView(
                    Figures.count(hosts.size()),
                    Figures.count(hosts.stream().filter(Host::takesRentals).count()),
                    Figures.count(gpus.size()),
                    Figures.count(hosts.stream()
                            .filter(Host::takesRentals)
                            .flatMap(host -> host.gpus().stream())
                            .filter(Gpu::isFree)
                            .count()),
                    Figures.count(gpus.stream().filter(gpu -> !gpu.isFree()).count()),
                    Figures.rate(hosts.stream().map(Host::hashRateNow).reduce(HashRate.ZERO, HashRate::plus)),
                    hosts.stream()
                            .sorted(Comparator.comparing(
                                    host -> !host.whoseMove().equals("staff")))
                            .map(host -> HostLine.of(host, now))
                            .toList());
        }
    }

    @CheckedTemplate(basePath = "console/fleet")
    static class Templates {
        private Templates() {}

        static native TemplateInstance fleet(Page page, FleetView view);

        static native TemplateInstance hosts(FleetView view);
    }

    private final Fleet fleet;
    private final CurrentCaller caller;
    private final Clock clock;

    FleetPage(Fleet fleet, CurrentCaller caller, Clock clock) {
        this.fleet = fleet;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public Response home() {
        return Response.seeOther(URI.create("/console/fleet")).build();
    }

    @GET
    @Path("fleet")
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public TemplateInstance show() {
        return Templates.fleet(Page.of("Fleet", "fleet", caller.get()), view());
    }

    @GET
    @Path("fleet/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<String> stream() {
        return Multi.createFrom()
                .ticks()
                .every(PERIOD)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .select()
                .first(EVENTS_MAX)
                .map(tick -> Templates.hosts(view()).render().replace('\n', ' '));
    }

    private FleetView view() {
        return FleetView.of(fleet.hosts(), clock.instant());
    }
}
