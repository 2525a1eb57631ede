package filon.provisioning.placement;

import static filon.provisioning.placement.Hall.POLICY;
import static filon.provisioning.placement.Hall.device;
import static filon.provisioning.placement.Hall.heard;
import static filon.provisioning.placement.Hall.host;
import static filon.provisioning.placement.Hall.in;
import static filon.provisioning.placement.Hall.leased;
import static filon.provisioning.placement.Hall.with;
import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.provisioning.Samples;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void takesTheHostWithTheFewestGpusLeftOver() {
        // Given
        Candidate large = host("large", DeviceKind.GPU, 8);
        Candidate fitting = host("fitting", DeviceKind.GPU, 2);
        Candidate small = host("small", DeviceKind.GPU, 1);

        // When
        Placement placement = decide("opencl-gpu", 2, large, small, fitting);

        // Then
        assertThat(placement)
                .isEqualTo(new Placement.Chosen(
                        fitting.host().id(),
                        1,
                        fitting.devices().stream().map(Candidate.Device::id).toList(),
                        List.of("host small: has 1 free devices of kind GPU, 2 are wanted")));
    }

    @Test
    void choosesTheSameHostInWhateverOrderTheyAreGiven() {
        // Given
        List<Candidate> hosts = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(i -> host("host" + i, DeviceKind.CPU, 1))
                .toList());

        // When
        Placement first = Placement.decide(request("opencl-cpu", 1), hosts, POLICY);
        Placement second = Placement.decide(request("opencl-cpu", 1), hosts.reversed(), POLICY);

        // Then
        assertThat(first).isInstanceOf(Placement.Chosen.class).isEqualTo(second);
    }

    @Test
    void givesOneReasonPerHost() {
        // When
        Placement placement = decide(
                "opencl-gpu",
                2,
                in(host("quarantined", DeviceKind.GPU, 4), new HostState.Quarantined()),
                heard(host("offline", DeviceKind.GPU, 4), Connectivity.OFFLINE),
                heard(host("stale", DeviceKind.GPU, 4), Connectivity.STALE),
                heard(host("mute", DeviceKind.GPU, 4), Connectivity.NEVER_HEARD),
                host("cpu", DeviceKind.CPU, 4),
                host("small", DeviceKind.GPU, 1));

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
        assertThat(decide("opencl-gpu", 2, host("one", DeviceKind.GPU, 1), host("two", DeviceKind.GPU, 1)))
                .isInstanceOf(Placement.Refused.class);
    }

    @Test
    void passesOverGpusThatAreTaken() {
        // Given
        Candidate busy = in(
                with(host("busy", DeviceKind.GPU, 0), leased(device("a", DeviceKind.GPU)), device("b", DeviceKind.GPU)),
                new HostState.InService());

        // When
        Placement placement = decide("opencl-gpu", 1, busy);

        // Then
        assertThat(((Placement.Chosen) placement).gpus()).containsExactly(GpuId.of("b"));
    }

    @Test
    void saysWhatIsWrongWithGpusThatMustNotBeUsed() {
        // Given
        Candidate sick = with(
                host("sick", DeviceKind.GPU, 0),
                in(device("a", DeviceKind.GPU), new GpuState.Failed(), "not reported"),
                in(device("b", DeviceKind.GPU), new GpuState.Excluded(), "too hot (ola)"),
                in(device("c", DeviceKind.GPU), new GpuState.Untested(), "waits"),
                device("d", DeviceKind.GPU));

        // When
        Placement placement = decide("opencl-gpu", 2, sick);

        // Then
        assertThat(placement)
                .isEqualTo(new Placement.Refused(List.of("host sick: has 1 free devices of kind GPU, 2 are wanted;"
                        + " a is Failed (not reported); b is Excluded (too hot (ola)); c is Untested (waits)")));
    }

    @Test
    void takesDegradedGpusOnlyWhereNothingBetterIsFree() {
        // Given
        Candidate mixed = with(
                host("mixed", DeviceKind.GPU, 0),
                in(device("a", DeviceKind.GPU), new GpuState.Degraded(), "slow"),
                device("b", DeviceKind.GPU));
        Candidate large = host("large", DeviceKind.GPU, 8);

        // Then
        assertThat(gpusOf(decide("opencl-gpu", 1, mixed))).containsExactly("b");
        assertThat(gpusOf(decide("opencl-gpu", 2, mixed))).containsExactly("b", "a");
        assertThat(gpusOf(decide("opencl-gpu", 2, mixed, large))).containsExactly("large-0", "large-1");
    }

    @Test
    void givesASingleReasonWhenNoHostIsToBlame() {
        assertThat(decide("opencl-cpu", 1)).isEqualTo(new Placement.Refused(List.of("no host is enrolled")));
        assertThat(decide("fpga", 1))
                .isEqualTo(new Placement.Refused(List.of("offer fpga names no kind of device that is known here")));
    }

    @Test
    void countsTheReasonsThatAreTooMany() {
        // Given
        Candidate[] hosts = IntStream.range(0, Placement.REASONS_MAX + 3)
                .mapToObj(i -> heard(host("host" + i, DeviceKind.GPU, 1), Connectivity.OFFLINE))
                .toArray(Candidate[]::new);

        // When
        Placement placement = decide("opencl-gpu", 1, hosts);

        // Then
        assertThat(((Placement.Refused) placement).reasons())
                .hasSize(Placement.REASONS_MAX + 1)
                .endsWith("and 3 more hosts");
    }

    @Test
    void theReasonsOfTheNearestHostsAreNotLostAmongTheOthers() {
        // Given
        List<Candidate> hosts = new ArrayList<>(IntStream.range(0, Placement.REASONS_MAX)
                .mapToObj(i -> in(host("a" + i, DeviceKind.GPU, 1), new HostState.Quarantined()))
                .toList());
        hosts.add(heard(host("y", DeviceKind.GPU, 1), Connectivity.OFFLINE));
        hosts.add(host("z", DeviceKind.GPU, 1));

        // When
        Placement placement = Placement.decide(request("opencl-gpu", 2), hosts, POLICY);

        // Then
        assertThat(((Placement.Refused) placement).reasons())
                .hasSize(Placement.REASONS_MAX + 1)
                .contains(
                        "host y: is offline",
                        "host z: has 1 free devices of kind GPU, 2 are wanted",
                        "and 2 more hosts");
    }

    private static Placement decide(String offer, int gpus, Candidate... hosts) {
        return Placement.decide(request(offer, gpus), List.of(hosts), POLICY);
    }

    private static Request request(String offer, int gpus) {
        return new Request(Samples.order(offer, gpus), 0);
    }

    private static List<String> gpusOf(Placement placement) {
        return ((Placement.Chosen) placement).gpus().stream().map(GpuId::value).toList();
    }
}
