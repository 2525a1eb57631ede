package filon.provisioning.placement;

import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.lease.Tenant;
import filon.provisioning.location.Location;
import filon.provisioning.placement.Candidate.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Hosts for tests of placement, each a small change of another. */
final class Hall {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final PlacementPolicy POLICY = new PlacementPolicy(0, Duration.ofHours(24));

    private Hall() {}

    /** An available host that is heard, with healthy free devices. */
    static Candidate host(String name, DeviceKind kind, int gpus) {
        Host host = new Host(
                HostId.of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                name,
                "lyon",
                new HostState.Available(),
                HostReason.BURN_IN_PASSED,
                "tested",
                NOW,
                1);
        List<Device> devices = IntStream.range(0, gpus)
                .mapToObj(i -> device(name + "-" + i, kind))
                .toList();
        return new Candidate(host, Connectivity.ONLINE, Location.of("lyon"), null, devices, List.of());
    }

    static Device device(String id, DeviceKind kind) {
        return new Device(GpuId.of(id), kind, "model", health(new GpuState.Healthy(), "tested"), true, Map.of());
    }

    static GpuHealth health(GpuState state, String reason) {
        return new GpuHealth(state, GpuReason.BEFORE_CODES, reason, NOW);
    }

    static Device in(Device device, GpuState state, String reason) {
        return new Device(
                device.id(), device.kind(), device.model(), health(state, reason), device.free(), device.measured());
    }

    static Device leased(Device device) {
        return new Device(device.id(), device.kind(), device.model(), device.health(), false, device.measured());
    }

    static Device ofModel(Device device, String model) {
        return new Device(device.id(), device.kind(), model, device.health(), device.free(), device.measured());
    }

    static Device measured(Device device, long hashesPerSecond) {
        return new Device(
                device.id(),
                device.kind(),
                device.model(),
                device.health(),
                device.free(),
                Map.of(Algorithm.SHA256D, HashRate.of(hashesPerSecond)));
    }

    static Candidate in(Candidate candidate, HostState state) {
        return new Candidate(
                candidate.host().movedTo(state, new HostEvent.Failed("moved"), "moved", NOW),
                candidate.connectivity(),
                candidate.location(),
                candidate.maintenanceIn(),
                candidate.devices(),
                candidate.tenants());
    }

    static Candidate heard(Candidate candidate, Connectivity connectivity) {
        return new Candidate(
                candidate.host(),
                connectivity,
                candidate.location(),
                candidate.maintenanceIn(),
                candidate.devices(),
                candidate.tenants());
    }

    static Candidate at(Candidate candidate, String site, String rack, String power) {
        return new Candidate(
                candidate.host(),
                candidate.connectivity(),
                new Location(site, rack, power),
                candidate.maintenanceIn(),
                candidate.devices(),
                candidate.tenants());
    }

    static Candidate maintained(Candidate candidate, Duration in) {
        return new Candidate(
                candidate.host(),
                candidate.connectivity(),
                candidate.location(),
                in,
                candidate.devices(),
                candidate.tenants());
    }

    static Candidate with(Candidate candidate, Device... devices) {
        return new Candidate(
                candidate.host(),
                candidate.connectivity(),
                candidate.location(),
                candidate.maintenanceIn(),
                List.of(devices),
                candidate.tenants());
    }

    static Candidate leasedTo(Candidate candidate, Tenant... tenants) {
        return new Candidate(
                candidate.host(),
                candidate.connectivity(),
                candidate.location(),
                candidate.maintenanceIn(),
                candidate.devices(),
                List.of(tenants));
    }
}
