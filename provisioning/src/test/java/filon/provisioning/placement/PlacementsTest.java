package filon.provisioning.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostGpus;
import filon.provisioning.host.Hosts;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuTakenException;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.lease.Leases;
import filon.provisioning.location.Locations;
import filon.provisioning.maintenance.MaintenanceWindows;
import filon.provisioning.standing.Actor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What placement decides on comes from the database, and nothing changes between the look and the grant. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class PlacementsTest {
    @Inject
    Scene scene;

    @Inject
    Placements placements;

    @Inject
    Hosts hosts;

    @Inject
    HostGpus gpus;

    @Inject
    Inventory inventory;

    @Inject
    Leases leases;

    @Inject
    Locations locations;

    @Inject
    MaintenanceWindows maintenance;

    @Inject
    MovableClock clock;

    @Inject
    UserTransaction transaction;

    private final RentalId rental = Samples.rental();

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void aMinimumIsMetOnlyByWhatABurnInMeasured() {
        // Given
        HostId host = scene.available("zz-fast", DeviceKind.GPU, 2);
        GpuId fast = inventory.of(host).getLast().id();
        placements.fund(rental, wish(HashRate.of(20_000_000)), 1);
        assertThat(refusals())
                .anyMatch(reason -> reason.startsWith(
                        "host zz-fast: has 0 free devices measured with at least 20.00 MH/s of sha256d, 1 are wanted"));

        // When
        inventory.measured(fast, rate(1_000_000));
        inventory.measured(fast, rate(21_000_000));

        // Then
        assertThat(inventory.of(host))
                .extracting(InventoryGpu::measured)
                .containsExactly(List.of(), List.of(rate(21_000_000)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> leases.unended(rental).size() == 1);
        assertThat(leases.unended(rental).getFirst().gpus()).containsExactly(fast);
    }

    @Test
    void aCustomersSecondRentalGoesToAnotherRack() {
        // Given
        HostId small = scene.available("zz-rack-a", DeviceKind.GPU, 2);
        HostId large = scene.available("zz-rack-b", DeviceKind.GPU, 8);
        locations.put(small, "r1", "p1", "ola");
        locations.put(large, "r2", "p1", "ola");

        // When
        placements.fund(rental, wish(null), 1);
        RentalId second = Samples.rental();
        placements.fund(second, wish(null), 1);

        // Then
        assertThat(List.of(
                        leases.unended(rental).getFirst().host(),
                        leases.unended(second).getFirst().host()))
                .containsExactlyInAnyOrder(small, large);
    }

    @Test
    void aHostWithMaintenanceAheadIsTheLastChoice() {
        // Given
        HostId fitting = scene.available("zz-soon", DeviceKind.GPU, 1);
        HostId large = scene.available("zz-later", DeviceKind.GPU, 8);
        maintenance.announce(
                fitting, new MaintenanceWindows.Announcement(clock.instant().plusSeconds(3_600), "new fans", "ola"));

        // When
        placements.fund(rental, wish(null), 1);

        // Then
        assertThat(leases.unended(rental).getFirst().host()).isEqualTo(large);
    }

    @Test
    void anExcludedGpuIsNotAllocatedEvenIfSomebodyChoseIt() {
        // Given
        HostId host = scene.available("zz-excluded", DeviceKind.GPU, 1);
        GpuId gpu = inventory.of(host).getFirst().id();

        // When
        gpus.decide(gpu, new GpuEvent.ExclusionAsked("too hot"), Actor.person("ola"));

        // Then
        assertThatThrownBy(() -> inventory.allocate(host, LeaseId.of(UUID.randomUUID()), rental, List.of(gpu)))
                .isInstanceOf(GpuTakenException.class)
                .hasMessageContaining(gpu.value());
        placements.fund(rental, wish(null), 1);
        assertThat(refusals())
                .anyMatch(reason -> reason.startsWith("host zz-excluded: has 0 free devices of kind GPU, 1 are wanted; "
                        + gpu + " is Excluded (too hot)"));
    }

    @Test
    void aHostThatWasDrainedAfterTheLookIsNoChoiceAnyMore() throws Exception {
        // Given
        HostId id = scene.available("zz-drained", DeviceKind.GPU, 1);
        Host seen = hosts.find(id).orElseThrow();
        assertThat(isStill(seen)).isTrue();

        // When
        hosts.decide(id, new HostEvent.DrainAsked("new fans"));

        // Then
        assertThat(isStill(seen)).isFalse();
    }

    private boolean isStill(Host seen) throws Exception {
        transaction.begin();
        try {
            return hosts.lock(seen.id(), seen.version());
        } finally {
            transaction.rollback();
        }
    }

    private List<String> refusals() {
        return placements.find(rental).orElseThrow().refusals();
    }

    private MeasuredRate rate(long median) {
        return new MeasuredRate(
                Algorithm.SHA256D,
                HashRate.of(median),
                HashRate.of(median - 1_000),
                HashRate.of(median + 1_000),
                Hall.NOW);
    }

    private static Order wish(HashRate min) {
        Order plain = Samples.order("opencl-gpu", 1);
        return new Order(
                plain.customerId(),
                plain.offer(),
                plain.gpuCount(),
                plain.algorithm(),
                plain.pools(),
                plain.pricePerGpuHour(),
                plain.priceVersion(),
                null,
                null,
                min,
                null);
    }
}
