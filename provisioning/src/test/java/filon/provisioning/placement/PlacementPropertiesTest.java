package filon.provisioning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.CustomerId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HashRate;
import filon.provisioning.Samples;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.lease.Tenant;
import filon.provisioning.placement.Candidate.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is true of every decision, tried on random halls; {@code -Dfilon.seed=N} repeats a run. */
class PlacementPropertiesTest {
    private static final int ROUNDS = 20_000;
    private static final long SEED = Long.getLong("filon.seed", 20_261_121);
    private static final List<GpuState> GPU_STATES = List.of(
            new GpuState.Healthy(),
            new GpuState.Healthy(),
            new GpuState.Healthy(),
            new GpuState.Degraded(),
            new GpuState.Failed(),
            new GpuState.Excluded(),
            new GpuState.Untested());
    private static final List<HostState> HOST_STATES = List.of(
            new HostState.Available(),
            new HostState.Available(),
            new HostState.InService(),
            new HostState.Reserved(),
            new HostState.Draining(),
            new HostState.Quarantined(),
            new HostState.BurningIn());

    /** One random situation. */
    private record Situation(Request request, List<Candidate> hosts, PlacementPolicy policy) {
        Placement decided() {
            return Placement.decide(request, hosts, policy);
        }

        Candidate host(Placement.Chosen chosen) {
            return hosts.stream()
                    .filter(candidate -> candidate.host().id().equals(chosen.host()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @FunctionalInterface
    private interface Property {
        void check(Situation situation, Random random);
    }

    @Test
    void theOrderOfTheHostsChangesNothing() {
        everywhere((situation, random) -> {
            List<Candidate> shuffled = new ArrayList<>(situation.hosts());
            Collections.shuffle(shuffled, random);
            assertThat(Placement.decide(situation.request(), shuffled, situation.policy()))
                    .isEqualTo(situation.decided());
        });
    }

    @Test
    void whatIsChosenIsFreeAndSoundAndAsManyAsWantedOnOneOpenHost() {
        everywhere((situation, random) -> {
            if (!(situation.decided() instanceof Placement.Chosen chosen)) {
                return;
            }
            Candidate host = situation.host(chosen);
            Order order = situation.request().order();
            List<Device> taken = host.devices().stream()
                    .filter(device -> chosen.gpus().contains(device.id()))
                    .toList();
            assertThat(host.isOpen()).isTrue();
            assertThat(chosen.gpus()).hasSize(order.gpuCount()).doesNotHaveDuplicates();
            assertThat(taken)
                    .hasSize(order.gpuCount())
                    .allMatch(device -> device.free()
                            && device.kind() == DeviceKind.GPU
                            && device.health().state().isPlaceable());
        });
    }

    @Test
    void aRefusalHasOneReasonPerHost() {
        everywhere((situation, random) -> {
            if (situation.decided() instanceof Placement.Refused(List<String> reasons)) {
                int hosts = situation.hosts().size();
                int told = hosts == 0 ? 1 : Math.min(hosts, Placement.REASONS_MAX + 1);
                assertThat(reasons).hasSize(told).noneMatch(String::isBlank);
            }
        });
    }

    @Test
    void oneMoreHostNeverTakesAPlaceAway() {
        everywhere((situation, random) -> {
            if (situation.decided() instanceof Placement.Chosen) {
                List<Candidate> more = new ArrayList<>(situation.hosts());
                more.add(irrelevantOrEmpty(random));
                assertThat(Placement.decide(situation.request(), more, situation.policy()))
                        .isInstanceOf(Placement.Chosen.class);
            }
        });
    }

    private static void everywhere(Property property) {
        Random random = new Random(SEED);
        int chosen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Situation situation = situation(random);
            chosen += situation.decided() instanceof Placement.Chosen ? 1 : 0;
            try {
                property.check(situation, random);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + SEED + ", round " + round + ": " + situation, e);
            }
        }
        assertThat(chosen).as("rounds that chose, of " + ROUNDS).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static Situation situation(Random random) {
        int hosts = random.nextInt(10) == 0 ? 30 : random.nextInt(7);
        Order plain = Samples.order("opencl-gpu", 1 + random.nextInt(3));
        Order order = new Order(
                plain.customerId(),
                plain.offer(),
                plain.gpuCount(),
                plain.algorithm(),
                plain.pools(),
                plain.pricePerGpuHour(),
                plain.priceVersion(),
                random.nextInt(4) == 0 ? site(random) : null,
                random.nextInt(8) == 0 ? "model" : null,
                random.nextInt(4) == 0 ? HashRate.of(50) : null,
                random.nextInt(4) == 0 ? "main" : null);
        return new Situation(
                new Request(order, random.nextInt(2)),
                IntStream.range(0, hosts).mapToObj(i -> host("h" + i, random)).toList(),
                new PlacementPolicy(random.nextInt(3) * 20, Duration.ofHours(1)));
    }

    private static Candidate host(String name, Random random) {
        Device[] devices = IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> device(name + "-" + i, random))
                .toArray(Device[]::new);
        Candidate host = Hall.with(Hall.host(name, DeviceKind.GPU, 0), devices);
        host = Hall.at(host, site(random), rack(random), rack(random));
        host = Hall.in(host, HOST_STATES.get(random.nextInt(HOST_STATES.size())));
        host = random.nextInt(4) == 0 ? Hall.heard(host, Connectivity.STALE) : host;
        host = random.nextInt(3) == 0 ? Hall.maintained(host, Duration.ofMinutes(random.nextInt(180) - 30)) : host;
        Tenant tenant =
                new Tenant(CustomerId.of(random.nextBoolean() ? "cleo" : "dora"), random.nextBoolean() ? "main" : null);
        return random.nextBoolean() ? Hall.leasedTo(host, tenant) : host;
    }

    private static Device device(String id, Random random) {
        Device device = Hall.device(id, random.nextInt(5) == 0 ? DeviceKind.CPU : DeviceKind.GPU);
        device = Hall.in(device, GPU_STATES.get(random.nextInt(GPU_STATES.size())), "random");
        device = random.nextBoolean() ? Hall.measured(device, random.nextInt(100)) : device;
        return random.nextInt(3) == 0 ? Hall.leased(device) : device;
    }

    /** Free devices only raise what is kept back by at most their own number; what is leased there would raise it by more. */
    private static Candidate irrelevantOrEmpty(Random random) {
        Candidate host = Hall.at(
                Hall.host("more", random.nextBoolean() ? DeviceKind.GPU : DeviceKind.CPU, random.nextInt(5)),
                site(random),
                rack(random),
                rack(random));
        return switch (random.nextInt(3)) {
            case 0 -> Hall.in(host, new HostState.Quarantined());
            case 1 -> Hall.heard(host, Connectivity.OFFLINE);
            default -> host;
        };
    }

    private static String site(Random random) {
        return random.nextBoolean() ? "lyon" : "oslo";
    }

    private static String rack(Random random) {
        return random.nextInt(3) == 0 ? null : "r" + random.nextInt(3);
    }
}
