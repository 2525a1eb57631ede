package filon.provisioning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.provisioning.Samples;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final HostState AVAILABLE = new HostState.Available();

    @Test
    void takesTheHostWithTheFewestGpusLeftOver() {
        // Given
        Candidate large = host("large", AVAILABLE, Connectivity.ONLINE, DeviceKind.GPU, 8);
        Candidate fitting = host("fitting", AVAILABLE, Connectivity.ONLINE, DeviceKind.GPU, 2);
        Candidate small = host("small", AVAILABLE, Connectivity.ONLINE, DeviceKind.GPU, 1);

        // When
        Placement placement = Placement.decide(Samples.order("opencl-gpu", 2), List.of(large, small, fitting));

        // Then
        assertThat(placement)
                .isEqualTo(new Placement.Chosen(
                        fitting.host(),
                        fitting.devices().stream().map(Candidate.Device::id).toList()));
    }

    @Test
    void choosesTheSameHostInWhateverOrderTheyAreGiven() {
        // Given
        List<Candidate> hosts = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(i -> host("host" + i, AVAILABLE, Connectivity.ONLINE, DeviceKind.CPU, 1))
                .toList());

        // When
        Placement first = Placement.decide(Samples.order("opencl-cpu", 1), hosts);
        Placement second = Placement.decide(Samples.order("opencl-cpu", 1), hosts.reversed());

        // Then
        assertThat(first).isInstanceOf(Placement.Chosen.class).isEqualTo(second);
    }

    @Test
    void givesOneReasonPerHost() {
        // Given
        List<Candidate> hosts = List.of(
                host("quarantined", new HostState.Quarantined(), Connectivity.ONLINE, DeviceKind.GPU, 4),
                host("offline", AVAILABLE, Connectivity.OFFLINE, DeviceKind.GPU, 4),
                host("stale", AVAILABLE, Connectivity.STALE, DeviceKind.GPU, 4),
                host("mute", AVAILABLE, Connectivity.NEVER_HEARD, DeviceKind.GPU, 4),
                host("cpu", AVAILABLE, Connectivity.ONLINE, DeviceKind.CPU, 4),
                host("small", AVAILABLE, Connectivity.ONLINE, DeviceKind.GPU, 1));

        // When
        Placement placement = Placement.decide(Samples.order("opencl-gpu", 2), hosts);

        // Then
        assertThat(placement)
                .isEqualTo(new Placement.Refused(List.of(
                        "host cpu: has 0 free devices of kind GPU, 2 are wanted",
                        "host mute: has never reported",
                        "host offline: is offline",
                        "host quarantined: is Quarantined",
                        "host small: has 1 free devices of kind GPU, 2 are wanted",
                        "host stale: has not reported for 20 s")));
    }

    @Test
    void neverSplitsAnOrderOverHosts() {
        // Given
        Candidate one = host("one", AVAILABLE, Connectivity.ONLINE, DeviceKind.GPU, 1);
        Candidate two = host("two", AVAILABLE, Connectivity.ONLINE, DeviceKind.GPU, 1);

        // When
        Placement placement = Placement.decide(Samples.order("opencl-gpu", 2), List.of(one, two));

        // Then
        assertThat(placement).isInstanceOf(Placement.Refused.class);
    }

    @Test
    void passesOverGpusThatAreTaken() {
        // Given
        HostId id = HostId.of(UUID.randomUUID());
        Candidate host = new Candidate(
                id,
                "busy",
                new HostState.InService(),
                Connectivity.ONLINE,
                List.of(
                        new Candidate.Device(GpuId.of("a"), DeviceKind.GPU, false),
                        new Candidate.Device(GpuId.of("b"), DeviceKind.GPU, true)));

        // When
        Placement placement = Placement.decide(Samples.order("opencl-gpu", 1), List.of(host));

        // Then
        assertThat(placement).isEqualTo(new Placement.Chosen(id, List.of(GpuId.of("b"))));
    }

    @Test
    void givesASingleReasonWhenNoHostIsToBlame() {
        assertThat(Placement.decide(Samples.order("opencl-cpu", 1), List.of()))
                .isEqualTo(new Placement.Refused(List.of("no host is enrolled")));
        assertThat(Placement.decide(Samples.order("fpga", 1), List.of()))
                .isEqualTo(new Placement.Refused(List.of("offer fpga names no kind of device that is known here")));
    }

    @Test
    void countsTheReasonsThatAreTooMany() {
        // Given
        List<Candidate> hosts = IntStream.range(0, Placement.REASONS_MAX + 3)
                .mapToObj(i -> host("host" + i, AVAILABLE, Connectivity.OFFLINE, DeviceKind.GPU, 1))
                .toList();

        // When
        Placement placement = Placement.decide(Samples.order("opencl-gpu", 1), hosts);

        // Then
        assertThat(((Placement.Refused) placement).reasons())
                .hasSize(Placement.REASONS_MAX + 1)
                .endsWith("and 3 more hosts");
    }

    private static Candidate host(String name, HostState state, Connectivity connectivity, DeviceKind kind, int gpus) {
        HostId id = HostId.of(UUID.randomUUID());
        List<Candidate.Device> devices = IntStream.range(0, gpus)
                .mapToObj(i -> new Candidate.Device(GpuId.of(id + "-" + i), kind, true))
                .toList();
        return new Candidate(id, name, state, connectivity, devices);
    }
}
