package filon.provisioning.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.placement.Demand;
import filon.provisioning.placement.DemandState;
import filon.provisioning.placement.Placements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class CrowdedPlacementTest {
    private static final int ORDERS = 200;
    private static final int GPUS = 100;
    private static final int GPUS_PER_HOST = 8;
    private static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Inject
    Scene scene;

    @Inject
    Hosts hosts;

    @Inject
    Placements placements;

    @Inject
    Leases leases;

    private final Map<HostId, Integer> gpusOf = new TreeMap<>();
    private final List<RentalId> rentals =
            IntStream.range(0, ORDERS).mapToObj(i -> Samples.rental()).toList();

    @BeforeEach
    void clear() {
        scene.clear();
    }

    /** Other tests read the reasons of every host there is. */
    @AfterEach
    void retire() {
        rentals.forEach(rental -> placements.end(rental, "the test is over"));
        for (HostId host : gpusOf.keySet()) {
            hosts.apply(host, new HostEvent.Failed("the test is over"));
            hosts.apply(host, new HostEvent.RetirementAsked("the test is over"));
        }
    }

    @Test
    void twoHundredOrdersAtOnceShareAHundredGpusWithoutAConflict() throws Exception {
        // Given
        for (int left = GPUS; left > 0; left -= GPUS_PER_HOST) {
            int gpus = Math.min(left, GPUS_PER_HOST);
            gpusOf.put(scene.available("zz-crowd-" + gpusOf.size(), DeviceKind.GPU, gpus), gpus);
        }
        Order order = Samples.order("opencl-gpu", 1);

        // When
        long begun = System.nanoTime();
        race(order);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        // Then
        List<Lease> granted = gpusOf.keySet().stream()
                .flatMap(host -> leases.unended(host).stream())
                .toList();
        List<GpuId> gpus = granted.stream()
                .flatMap(lease -> lease.gpus().stream())
                .distinct()
                .toList();
        List<Demand> refused = rentals.stream()
                .map(rental -> placements.find(rental).orElseThrow())
                .filter(demand -> demand.state() instanceof DemandState.Awaiting)
                .toList();
        System.out.println(ORDERS + " orders on " + GPUS + " GPUs of " + gpusOf.size() + " hosts from " + THREADS
                + " threads: " + granted.size() + " leases, " + gpus.size() + " distinct GPUs, " + refused.size()
                + " refused with "
                + refused.stream()
                        .filter(demand -> !demand.refusals().isEmpty())
                        .count() + " times a reason, "
                + took.toMillis() + " ms");
        assertThat(granted).hasSize(GPUS).extracting(Lease::rental).doesNotHaveDuplicates();
        assertThat(gpus).hasSize(GPUS);
        assertThat(refused).hasSize(ORDERS - GPUS).allSatisfy(demand -> assertThat(demand.refusals())
                .isNotEmpty()
                .noneMatch(String::isBlank)
                .anyMatch(reason -> reason.contains("zz-crowd") || reason.startsWith("and ")));
    }

    private void race(Order order) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            report();
            rentals.forEach(rental -> running.add(threads.submit(() -> placements.fund(rental, order, 1))));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                report();
                return running.stream().allMatch(Future::isDone);
            });
            for (Future<?> each : running) {
                each.get();
            }
        }
        await().atMost(PATIENCE).until(() -> {
            report();
            return rentals.stream()
                    .map(rental -> placements.find(rental).orElseThrow())
                    .allMatch(demand -> demand.state() instanceof DemandState.Placed
                            || !demand.refusals().isEmpty());
        });
    }

    /** Nobody is leased that was silent for long. */
    private void report() {
        gpusOf.forEach((host, gpus) -> hosts.reported(scene.report(host, 0, Samples.gpus(host, DeviceKind.GPU, gpus))));
    }
}
