package filon.billing.meter.rest;

import filon.billing.meter.Intervals;
import filon.billing.meter.Lane;
import filon.billing.meter.UsageGaps;
import filon.contracts.value.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Shows staff and Prometheus which reports never came although later ones did. */
@Path("/admin/usage/gaps")
@Produces(MediaType.APPLICATION_JSON)
class GapResource {
    /** Sequence numbers {@code from} to {@code to}, both included. */
    record GapView(HostId hostId, long incarnation, long from, long to) {
        static GapView of(Lane lane, Intervals.Range range) {
            return new GapView(lane.id().host(), lane.id().incarnation(), range.from(), range.to() - 1);
        }
    }

    private final UsageGaps gaps;

    GapResource(UsageGaps gaps) {
        this.gaps = gaps;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        registry.gauge("filon.usage.reports.missing", gaps, UsageGaps::count);
    }

    @GET
    @RolesAllowed({"finance", "operator"})
    public List<GapView> gaps() {
        return gaps.lanes().stream()
                .flatMap(lane -> lane.gaps().ranges().stream().map(range -> GapView.of(lane, range)))
                .toList();
    }
}
