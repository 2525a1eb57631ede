package filon.api.fleet.rest;

import filon.api.fleet.Fleet;
import filon.api.fleet.Gpu;
import filon.api.fleet.Host;
import filon.api.fleet.Live;
import filon.api.identity.Role;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.DeviceSensors;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The fleet, for operators. */
@Path("/api/v1/admin/hosts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR_NAME)
@Tag(name = "Staff")
class StaffHostResource {
    /**
     * A host.
     *
     * @param heardAt when the agent was heard last; absent when never
     * @param standing absent until provisioning has told it
     */
    @Schema(name = "Host")
    record HostView(
            HostId hostId,
            String name,
            String site,
            String state,
            String reason,
            Instant since,
            String whoseMove,
            HashRate hashrateHs,
            String agentVersion,
            Instant heardAt,
            StandingView standing,
            List<GpuView> gpus) {
        static HostView of(Host host) {
            return new HostView(
                    host.id(),
                    host.name(),
                    host.site(),
                    host.state(),
                    host.reason(),
                    host.since(),
                    host.whoseMove(),
                    host.hashRateNow(),
                    host.agentVersion().orElse(null),
                    host.heardAt().orElse(null),
                    host.standing().map(StandingView::of).orElse(null),
                    host.gpus().stream().map(GpuView::of).toList());
        }
    }

    /** Readings are what the host says; they are absent until it says something. */
    @Schema(name = "HostGpu")
    record GpuView(
            GpuId gpuId,
            String name,
            DeviceKind kind,
            long memoryBytes,
            RentalId rentalId,
            String workState,
            HashRate hashrateHs,
            Integer temperatureCelsius,
            Long powerMilliwatts,
            DeviceSensors sensors,
            Instant at,
            StandingView standing) {
        static GpuView of(Gpu gpu) {
            return new GpuView(
                    gpu.id(),
                    gpu.name(),
                    gpu.kind(),
                    gpu.memoryBytes(),
                    gpu.rental().orElse(null),
                    gpu.live().map(Live::state).orElse(null),
                    gpu.live().map(Live::hashRateNow).orElse(null),
                    gpu.live().flatMap(Live::temperatureCelsius).orElse(null),
                    gpu.live().flatMap(Live::powerMilliwatts).orElse(null),
                    gpu.live().flatMap(Live::sensors).orElse(null),
                    gpu.live().map(Live::at).orElse(null),
                    gpu.standing().map(StandingView::of).orElse(null));
        }
    }

    record HostPage(List<HostView> items) {}

    private final Fleet fleet;

    StaffHostResource(Fleet fleet) {
        this.fleet = fleet;
    }

    @GET
    @Operation(summary = "List the hosts with their GPUs, states and live readings")
    public HostPage list() {
        return new HostPage(fleet.hosts().stream().map(HostView::of).toList());
    }
}
