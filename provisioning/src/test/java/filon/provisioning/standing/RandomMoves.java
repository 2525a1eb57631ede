package filon.provisioning.standing;

import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.database.Database;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.Leases;
import filon.provisioning.placement.Placements;
import filon.provisioning.workload.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Lets hosts, GPUs, leases and workloads move at random through the services, on the real database. */
@ApplicationScoped
class RandomMoves {
    private static final int HOSTS = 3;
    private static final int GPUS = 2;
    private static final List<WorkloadState> SAID = List.of(
            WorkloadState.PENDING,
            WorkloadState.RUNNING,
            WorkloadState.RUNNING,
            WorkloadState.NO_POOL,
            WorkloadState.RESTARTING,
            WorkloadState.FAILED,
            WorkloadState.STOPPING,
            WorkloadState.STOPPED);
    private final Scene scene;
    private final Hosts hosts;
    private final Inventory inventory;
    private final Placements placements;
    private final Leases leases;
    private final Workloads workloads;
    private final Database database;
    private final MovableClock clock;
    private final List<HostId> fleet = new ArrayList<>();
    private final List<RentalId> rentals = new ArrayList<>();
    private long sequence;

    RandomMoves(
            Scene scene,
            Hosts hosts,
            Inventory inventory,
            Placements placements,
            Leases leases,
            Workloads workloads,
            Database database,
            MovableClock clock) {
        this.scene = scene;
        this.hosts = hosts;
        this.inventory = inventory;
        this.placements = placements;
        this.leases = leases;
        this.workloads = workloads;
        this.database = database;
        this.clock = clock;
    }

    void play(long seed, int steps) {
        Random random = new Random(seed);
        for (int i = 0; i < HOSTS; i++) {
            fleet.add(scene.available("random-" + i, DeviceKind.CPU, GPUS));
        }
        for (int i = 0; i < steps; i++) {
            step(random, fleet.get(random.nextInt(HOSTS)));
        }
    }

    /** How many lines of each kind are newer than this one. */
    Map<String, Long> linesSince(long number) {
        record Counted(String kind, long lines) {}
        return database
                .all(
                        "select kind, count(*) as lines from transition where seq > ? group by kind",
                        row -> new Counted(row.text("kind"), row.number("lines")),
                        number)
                .stream()
                .collect(Collectors.toMap(Counted::kind, Counted::lines));
    }

    private void step(Random random, HostId host) {
        switch (random.nextInt(10)) {
            case 0 -> hosts.apply(host, wrong(random));
            case 1, 2 -> hosts.decide(host, decision(random));
            case 3 -> inventory.apply(gpu(random, host), gpuEvent(random));
            case 4 -> hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, random.nextInt(1, 3))));
            case 5 -> fund();
            case 6 -> stop(random);
            case 7, 8 -> say(random, host);
            default -> pass(random);
        }
    }

    private static HostEvent wrong(Random random) {
        return random.nextBoolean()
                ? new HostEvent.Failed("fell off the bus")
                : new HostEvent.DeadlinePassed("it took too long");
    }

    private static HostEvent decision(Random random) {
        return random.nextInt(3) == 0
                ? new HostEvent.DrainAsked("maintenance: fans")
                : new HostEvent.Readmitted("let in");
    }

    private static GpuEvent gpuEvent(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new GpuEvent.ExclusionAsked("too hot");
            case 1 -> new GpuEvent.InclusionAsked("cooled");
            case 2 -> new GpuEvent.Weakened("slow");
            case 3 -> new GpuEvent.Broken("no answer");
            default -> new GpuEvent.BurnInPassed("tried");
        };
    }

    private static GpuId gpu(Random random, HostId host) {
        return GpuId.of(host + "-" + random.nextInt(GPUS));
    }

    private void fund() {
        RentalId rental = Samples.rental();
        rentals.add(rental);
        placements.fund(rental, Samples.order("opencl-cpu", 1), ++sequence);
    }

    private void stop(Random random) {
        if (rentals.isEmpty()) {
            return;
        }
        RentalId rental = rentals.get(random.nextInt(rentals.size()));
        if (random.nextBoolean()) {
            placements.suspend(rental, ++sequence, "paused by the customer");
        } else {
            placements.end(rental, "ended by the customer");
        }
    }

    private void say(Random random, HostId host) {
        for (Lease lease : leases.unended(host)) {
            Granted granted = lease.granted();
            workloads.reported(scene.workload(granted, SAID.get(random.nextInt(SAID.size())), "so it says"));
        }
    }

    private void pass(Random random) {
        clock.advance(Duration.ofSeconds(random.nextInt(90)));
        hosts.fallenSilent().forEach(hosts::tellSilence);
        workloads.overtakenBySilence().forEach(workloads::tellSilence);
    }
}
