package filon.provisioning.placement;

import static filon.provisioning.placement.Hall.at;
import static filon.provisioning.placement.Hall.device;
import static filon.provisioning.placement.Hall.host;
import static filon.provisioning.placement.Hall.in;
import static filon.provisioning.placement.Hall.leased;
import static filon.provisioning.placement.Hall.leasedTo;
import static filon.provisioning.placement.Hall.maintained;
import static filon.provisioning.placement.Hall.measured;
import static filon.provisioning.placement.Hall.ofModel;
import static filon.provisioning.placement.Hall.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.CustomerId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HashRate;
import filon.provisioning.Samples;
import filon.provisioning.host.HostState;
import filon.provisioning.lease.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an order may ask for beyond a number of devices, and what the operator wants of placement. */
class PlacementWishesTest {
    private static final Duration UNDISTURBED = Duration.ofHours(24);
    private static final Tenant CLEO = new Tenant(CustomerId.of("cleo"), null);
    private static final Tenant DORA = new Tenant(CustomerId.of("dora"), "main");

    @Test
    void staysAtTheSiteThatIsAskedFor() {
        // Given
        Candidate lyon = at(host("a", DeviceKind.GPU, 1), "lyon", null, null);
        Candidate oslo = at(host("b", DeviceKind.GPU, 8), "oslo", null, null);

        // Then
        assertThat(chosen(wish("oslo", null, null, null), lyon, oslo)).isEqualTo("b");
        assertThat(refused(wish("rome", null, null, null), lyon, oslo))
                .containsExactly(
                        "host a: is at site lyon, site rome is wanted", "host b: is at site oslo, site rome is wanted");
    }

    @Test
    void takesOnlyTheModelThatIsAskedFor() {
        // Given
        Candidate host = with(
                host("a", DeviceKind.GPU, 0),
                device("1", DeviceKind.GPU),
                ofModel(device("2", DeviceKind.GPU), "model 7"));

        // Then
        assertThat(decide(wish(null, "model 7", null, null), host))
                .isInstanceOfSatisfying(Placement.Chosen.class, chosen -> assertThat(chosen.gpus())
                        .hasToString("[2]"));
        assertThat(refused(wish(null, "model 8", null, null), host))
                .containsExactly("host a: has 0 free devices of model model 8, 1 are wanted");
    }

    @Test
    void takesOnlyWhatWasMeasuredFastEnough() {
        // Given
        Candidate host = with(
                host("a", DeviceKind.GPU, 0),
                measured(device("1", DeviceKind.GPU), 9_999_999),
                device("2", DeviceKind.GPU),
                measured(device("3", DeviceKind.GPU), 10_000_000));

        // Then
        assertThat(decide(wish(null, null, 10_000_000L, null), host))
                .isInstanceOfSatisfying(Placement.Chosen.class, chosen -> assertThat(chosen.gpus())
                        .hasToString("[3]"));
        assertThat(refused(wish(null, null, 10_000_001L, null), host))
                .containsExactly(
                        "host a: has 0 free devices measured with at least 10.00 MH/s of sha256d, 1 are wanted;"
                                + " 1 has 10.00 MH/s; 2 was never measured with sha256d; 3 has 10.00 MH/s");
    }

    @Test
    void spreadsACustomersLeasesOverSitesThenRacksThenPower() {
        // Given
        Candidate taken = leasedTo(at(host("z", DeviceKind.GPU, 0), "lyon", "r1", "p1"), CLEO);
        Candidate sameRack = at(host("a", DeviceKind.GPU, 1), "lyon", "r1", "p2");
        Candidate samePower = at(host("b", DeviceKind.GPU, 2), "lyon", "r2", "p1");
        Candidate sameSite = at(host("c", DeviceKind.GPU, 3), "lyon", "r2", "p2");
        Candidate apart = at(host("d", DeviceKind.GPU, 4), "oslo", "r1", "p1");
        Order order = wish(null, null, null, null);

        // Then
        assertThat(chosen(order, taken, sameRack, samePower, sameSite, apart)).isEqualTo("d");
        assertThat(chosen(order, taken, sameRack, samePower, sameSite)).isEqualTo("c");
        assertThat(chosen(order, taken, sameRack, samePower)).isEqualTo("b");
        assertThat(chosen(order, taken, sameRack)).isEqualTo("a");
    }

    @Test
    void theLeasesOfOthersPushNobodyAway() {
        // Given
        Candidate shared = leasedTo(at(host("a", DeviceKind.GPU, 1), "lyon", "r1", "p1"), DORA, DORA);
        Candidate empty = at(host("b", DeviceKind.GPU, 2), "oslo", "r1", "p1");

        // Then
        assertThat(chosen(wish(null, null, null, "main"), shared, empty)).isEqualTo("a");
    }

    @Test
    void racksThatNobodyNamedMayBeTheSame() {
        // Given
        Candidate taken = leasedTo(at(host("z", DeviceKind.GPU, 0), "lyon", null, "p1"), CLEO);
        Candidate unknown = at(host("a", DeviceKind.GPU, 1), "lyon", null, "p2");
        Candidate known = at(host("b", DeviceKind.GPU, 8), "lyon", "r2", "p2");

        // Then
        assertThat(chosen(wish(null, null, null, null), taken, unknown, known)).isEqualTo("b");
    }

    @Test
    void keepsApartWhatIsToBeKeptApartBeforeTheRest() {
        // Given
        Tenant alike = new Tenant(CustomerId.of("cleo"), "main");
        Candidate first = leasedTo(at(host("a", DeviceKind.GPU, 1), "lyon", "r1", "p1"), alike);
        Candidate second = leasedTo(at(host("b", DeviceKind.GPU, 2), "oslo", "r1", "p1"), CLEO, CLEO, CLEO);
        Candidate sameHost = leasedTo(at(host("c", DeviceKind.GPU, 1), "lyon", "r1", "p1"));

        // Then
        assertThat(chosen(wish(null, null, null, "main"), first, second)).isEqualTo("b");
        assertThat(chosen(wish(null, null, null, null), first, second)).isEqualTo("a");
        assertThat(chosen(wish(null, null, null, "main"), first, sameHost)).isEqualTo("c");
    }

    @Test
    void avoidsAHostWithMaintenanceSoonWhenAnotherCanTakeTheOrder() {
        // Given
        Candidate soon = maintained(host("a", DeviceKind.GPU, 1), UNDISTURBED.minusSeconds(1));
        Candidate later = maintained(host("b", DeviceKind.GPU, 8), UNDISTURBED);
        Candidate begun = maintained(host("c", DeviceKind.GPU, 8), Duration.ofSeconds(-12));
        Order order = wish(null, null, null, null);

        // Then
        assertThat(chosen(order, soon, later)).isEqualTo("b");
        assertThat(chosen(order, soon)).isEqualTo("a");
        assertThat(refused(order, begun)).containsExactly("host c: has maintenance that is due");
    }

    @Test
    void keepsSparesForThoseWhoLostTheirPlace() {
        // Given
        Candidate host = with(
                host("a", DeviceKind.GPU, 0),
                leased(device("1", DeviceKind.GPU)),
                leased(device("2", DeviceKind.GPU)),
                device("3", DeviceKind.GPU),
                device("4", DeviceKind.GPU));
        PlacementPolicy half = new PlacementPolicy(50, UNDISTURBED);
        Order order = Samples.order("opencl-gpu", 1);

        // When
        Placement first = Placement.decide(new Request(order, 0), List.of(host), half);
        Placement again = Placement.decide(new Request(order, 1), List.of(host), half);
        Placement fewer = Placement.decide(new Request(order, 0), List.of(host), new PlacementPolicy(25, UNDISTURBED));

        // Then
        assertThat(first)
                .isEqualTo(
                        new Placement.Refused(List.of("host a: is at site lyon, which keeps 2 of its 4 devices of kind"
                                + " GPU back as spares; 2 are free, 1 are wanted")));
        assertThat(again).isInstanceOf(Placement.Chosen.class);
        assertThat(fewer).isInstanceOf(Placement.Chosen.class);
    }

    @Test
    void whatCannotBeLeasedIsNoSpare() {
        // Given
        Candidate healthy = host("a", DeviceKind.GPU, 1);
        Candidate lost = in(host("b", DeviceKind.GPU, 8), new HostState.Quarantined());
        PlacementPolicy policy = new PlacementPolicy(10, UNDISTURBED);

        // When
        Placement placement =
                Placement.decide(new Request(Samples.order("opencl-gpu", 1), 0), List.of(healthy, lost), policy);

        // Then
        assertThat(((Placement.Refused) placement).reasons())
                .containsExactly(
                        "host a: is at site lyon, which keeps 1 of its 1 devices of kind GPU back as spares; 1 are free,"
                                + " 1 are wanted",
                        "host b: is Quarantined");
    }

    @Test
    void refusesAPolicyThatCannotBeKept() {
        assertThatThrownBy(() -> new PlacementPolicy(101, UNDISTURBED)).hasMessageContaining("101 %");
        assertThatThrownBy(() -> new PlacementPolicy(0, Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
    }

    private static Order wish(String site, String model, Long hashRateMin, String antiAffinity) {
        Order plain = Samples.order("opencl-gpu", 1);
        return new Order(
                plain.customerId(),
                plain.offer(),
                plain.gpuCount(),
                plain.algorithm(),
                plain.pools(),
                plain.pricePerGpuHour(),
                plain.priceVersion(),
                site,
                model,
                hashRateMin == null ? null : HashRate.of(hashRateMin),
                antiAffinity);
    }

    private static Placement decide(Order order, Candidate... hosts) {
        return Placement.decide(new Request(order, 0), List.of(hosts), new PlacementPolicy(0, UNDISTURBED));
    }

    private static String chosen(Order order, Candidate... hosts) {
        Placement.Chosen chosen = (Placement.Chosen) decide(order, hosts);
        return List.of(hosts).stream()
                .map(Candidate::host)
                .filter(host -> host.id().equals(chosen.host()))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static List<String> refused(Order order, Candidate... hosts) {
        return ((Placement.Refused) decide(order, hosts)).reasons();
    }
}
