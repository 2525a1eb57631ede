package filon.provisioning.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.placement.DemandState;
import filon.provisioning.placement.Placements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class LeaseUniquenessTest {
    private static final int RACERS = 8;

    @Inject
    Scene scene;

    @Inject
    Placements placements;

    @Inject
    Inventory inventory;

    @Inject
    LeaseStore store;

    @Inject
    Database database;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void rentalsThatAreFundedAtOnceNeverShareAGpu() throws Exception {
        // Given
        HostId host = scene.available("contested", DeviceKind.CPU, 3);
        List<RentalId> rentals =
                IntStream.range(0, RACERS).mapToObj(i -> Samples.rental()).toList();

        // When
        race(rentals.stream()
                .<Callable<Boolean>>map(rental -> () -> {
                    placements.fund(rental, Samples.order("opencl-cpu", 1), 1);
                    return true;
                })
                .toList());

        // Then
        List<Lease> leases = store.unended(host);
        assertThat(leases).hasSize(3);
        assertThat(leases.stream().flatMap(lease -> lease.gpus().stream()))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(rentals)
                .filteredOn(rental -> placements.find(rental).orElseThrow().state() instanceof DemandState.Placed)
                .hasSize(3);
    }

    @Test
    void oneRentalThatIsFundedManyTimesAtOnceGetsOneLease() throws Exception {
        // Given
        scene.available("patient", DeviceKind.CPU, RACERS);
        RentalId rental = Samples.rental();

        // When
        race(IntStream.range(0, RACERS)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    placements.fund(rental, Samples.order("opencl-cpu", 1), 1);
                    return true;
                })
                .toList());

        // Then
        assertThat(store.unended(rental)).hasSize(1);
        assertThat(placements.find(rental).orElseThrow().epoch()).isEqualTo(1);
    }

    @Test
    void theDatabaseItselfGivesAGpuToOneLease() throws Exception {
        // Given
        HostId host = scene.available("guarded", DeviceKind.CPU, 1);
        GpuId gpu = inventory.of(host).getFirst().id();

        // When
        List<Boolean> won = race(IntStream.range(0, RACERS)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        inventory.allocate(host, LeaseId.of(UUID.randomUUID()), Samples.rental(), List.of(gpu));
                        return true;
                    } catch (filon.provisioning.inventory.GpuTakenException e) {
                        return false;
                    }
                })
                .toList());

        // Then
        assertThat(won).filteredOn(each -> each).hasSize(1);
        assertThatThrownBy(() -> database.write(
                        "insert into gpu_allocation (lease_id, gpu_id, host_id, rental_id) values (?, ?, ?, ?)",
                        UUID.randomUUID(),
                        gpu.value(),
                        host.value(),
                        UUID.randomUUID()))
                .hasStackTraceContaining("one_live_lease_per_gpu");
    }

    @Test
    void aWriteUnderAnOldEpochIsRefused() {
        // Given
        HostId host = scene.available("fenced", DeviceKind.CPU, 1);
        RentalId rental = Samples.rental();
        placements.fund(rental, Samples.order("opencl-cpu", 1), 1);
        Lease lease = store.unended(host).getFirst();
        Lease stale = new Lease(
                lease.id(),
                rental,
                lease.epoch() + 1,
                host,
                lease.wish(),
                lease.gpus(),
                new LeaseState.Draining(),
                LeaseReason.RENTAL_ENDING,
                "stale",
                lease.since(),
                lease.grantedAt(),
                lease.authorisedUntil());

        // When
        boolean drained = store.drain(stale, lease.state(), 9);
        boolean renewed = store.renew(stale, lease.state(), Instant.parse("2030-01-01T00:00:00Z"));
        boolean ended = store.end(stale, lease.state(), Instant.parse("2030-01-01T00:00:00Z"));

        // Then
        assertThat(List.of(drained, renewed, ended)).containsOnly(false);
        assertThat(store.find(lease.id())).contains(lease);
    }

    private static List<Boolean> race(List<Callable<Boolean>> racers) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(racers.size());
        List<Future<Boolean>> running = new ArrayList<>();
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(racers.size())) {
            for (Callable<Boolean> racer : racers) {
                running.add(threads.submit(() -> {
                    start.await();
                    return racer.call();
                }));
            }
            for (Future<Boolean> each : running) {
                results.add(each.get());
            }
        }
        return results;
    }
}
