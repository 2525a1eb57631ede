package filon.contracts.message;

import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.CustomerId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Owner;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import filon.contracts.value.Standing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One example of every message, the same ones for ever. */
final class Samples {
    static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
    static final RentalId RENTAL = RentalId.of("0197a000-0000-7000-8000-000000000001");
    static final LeaseId LEASE = LeaseId.of("0197a000-0000-7000-8000-000000000002");
    static final HostId HOST = HostId.of("0197a000-0000-7000-8000-000000000003");
    static final UUID WINDOW = UUID.fromString("0197a000-0000-7000-8000-000000000005");
    static final BurnInId BURN_IN = BurnInId.of("0197a000-0000-7000-8000-000000000004");
    static final GpuId GPU = GpuId.of("0197a000-0000-7000-8000-000000000003/0");
    static final CustomerId CUSTOMER = CustomerId.of("5f0c0000-0000-4000-8000-000000000001");
    static final Sku OFFER = Sku.of("opencl-cpu");
    static final MicroEuro PRICE = MicroEuro.of(360_000);
    static final Pool POOL = new Pool(PoolAddress.of("stratum+tcp://pool.example.org:3333"), "wallet.worker", "x");

    private Samples() {}

    static Stream<Message> messages() {
        return Stream.of(rentals(), billing(), leases(), fleet(), usage()).flatMap(s -> s);
    }

    private static RentalNotice.Order order() {
        return new RentalNotice.Order(CUSTOMER, OFFER, 1, Algorithm.SHA256D, List.of(POOL), PRICE, 1);
    }

    /** An order that says all it can about where it may run. */
    static RentalNotice.Funded particular() {
        return new RentalNotice.Funded(
                RENTAL,
                new RentalNotice.Order(
                        CUSTOMER,
                        OFFER,
                        1,
                        Algorithm.SHA256D,
                        List.of(POOL),
                        PRICE,
                        1,
                        "lyon",
                        "vendor model 7",
                        HashRate.of(24_310_000),
                        "main"));
    }

    private static Stream<Message> rentals() {
        return Stream.of(
                new RentalNotice.Requested(RENTAL, order()),
                new RentalNotice.Funded(RENTAL, order()),
                new RentalNotice.Suspended(RENTAL, "the balance is spent"),
                new RentalNotice.Ending(RENTAL, "ended by the customer"));
    }

    private static Stream<Message> billing() {
        return Stream.of(
                new BillingNotice.PricePublished(OFFER, 1, PRICE, AT),
                new BillingNotice.BalanceChanged(CUSTOMER, MicroEuro.of(4_640_000), MicroEuro.of(360_000), 2),
                new BillingNotice.BalanceExhausted(CUSTOMER, RENTAL),
                new BillingNotice.HoldPlaced(CUSTOMER, RENTAL, MicroEuro.of(360_000)),
                new BillingNotice.HoldRefused(
                        CUSTOMER, RENTAL, MicroEuro.of(360_000), MicroEuro.of(1_000), "the balance does not cover it"),
                new BillingNotice.CostPosted(CUSTOMER, RENTAL, 93, MicroEuro.of(9_300), 88, 0, AT, 5),
                new BillingNotice.RentalSettled(CUSTOMER, RENTAL, 93, MicroEuro.of(9_300)));
    }

    private static Stream<Message> leases() {
        return Stream.of(
                new LeaseNotice.Granted(RENTAL, CUSTOMER, LEASE, 1, HOST, List.of(GPU), AT, AT.plusSeconds(3_600)),
                new LeaseNotice.PlacementRefused(RENTAL, List.of("host rig-1: no free CPU device")),
                new LeaseNotice.WorkloadObserved(RENTAL, LEASE, 1, WorkloadState.RUNNING, "hashing", AT),
                new LeaseNotice.Ended(RENTAL, LEASE, 1, AT, "ended by the customer"),
                new LeaseNotice.MaintenanceAnnounced(
                        RENTAL,
                        LEASE,
                        1,
                        WINDOW,
                        AT.plusSeconds(3_600),
                        "new fans",
                        "this rental goes on there until it ends"),
                new LeaseNotice.MaintenanceWithdrawn(RENTAL, LEASE, 1, WINDOW),
                new LeaseNotice.HostKnown(
                        HOST,
                        "rig-1",
                        "local",
                        "Available",
                        "passed inspection",
                        AT,
                        List.of(new LeaseNotice.GpuKnown(
                                GPU, "pthread", DeviceKind.CPU, 8_589_934_592L, LEASE, RENTAL)),
                        3));
    }

    private static Stream<Message> fleet() {
        return Stream.of(
                new FleetReport.HostReported(
                        HOST,
                        2,
                        7,
                        "0.1.0",
                        AT,
                        List.of(new FleetReport.Gpu(
                                GPU,
                                "pthread",
                                "AuthenticAMD",
                                "Portable Computing Language",
                                "3.1",
                                DeviceKind.CPU,
                                8_589_934_592L,
                                2,
                                null))),
                new FleetReport.WorkloadReported(
                        HOST,
                        2,
                        RENTAL,
                        LEASE,
                        1,
                        7,
                        GPU,
                        WorkloadState.RUNNING,
                        "hashing",
                        AT,
                        HashRate.of(25_000_000),
                        88,
                        0,
                        41,
                        AT),
                new FleetReport.BurnInReported(
                        HOST,
                        2,
                        BURN_IN,
                        BurnInState.PASSED,
                        "1 device passed",
                        AT,
                        AT.plusSeconds(60),
                        List.of(new FleetReport.BurnInDevice(
                                GPU,
                                true,
                                List.of(new FleetReport.BurnInCheck(
                                        "memory", true, "268,435,456 bytes in 1 block: no word differs", 4.25)),
                                List.of(new FleetReport.BurnInBenchmark(
                                        Algorithm.SHA256D,
                                        HashRate.of(82_700_000),
                                        HashRate.of(80_100_000),
                                        HashRate.of(84_300_000),
                                        5,
                                        50.5)))),
                        AT.plusSeconds(61)),
                new FleetReport.WipeReported(
                        HOST,
                        2,
                        LEASE,
                        GPU,
                        WipeState.WIPED,
                        "268,435,456 bytes in 1 block: no word differs",
                        AT.plusSeconds(2),
                        AT.plusSeconds(3)),
                new TelemetrySample(
                        HOST,
                        GPU,
                        RENTAL,
                        AT,
                        WorkloadState.RUNNING,
                        HashRate.of(25_000_000),
                        88,
                        0,
                        61,
                        142_500L,
                        null),
                new FleetEvent.AgentStarted(HOST, AT, 2, "0.1.0", 1),
                new FleetEvent.OrderRefused(
                        HOST, AT, "workload/" + LEASE, "stale-epoch", "epoch 1 is older than 2", 6, 1, 12),
                new FleetEvent.WorkloadStarted(HOST, AT, LEASE, 1, GPU, 4_242),
                new FleetEvent.WorkloadExited(HOST, AT, LEASE, 1, GPU, 137, "killed by signal 9", 1_000L));
    }

    private static Stream<Message> usage() {
        return Stream.of(
                new UsageReport(
                        HOST,
                        2,
                        41,
                        "00".repeat(32),
                        AT,
                        List.of(new UsageReport.GpuUsage(
                                LEASE,
                                RENTAL,
                                1,
                                GPU,
                                List.of(new UsageReport.Span(1_795_780_800_000L, 1_795_780_802_000L)),
                                50_000_000,
                                88,
                                0,
                                List.of(new UsageReport.ShareProof(
                                        1_795_780_801_250L, "00".repeat(80), "00000000ffff" + "00".repeat(26))),
                                false))),
                new UsageAcknowledged(HOST, 2, 41));
    }

    static Stream<HostOrder> orders() {
        return Stream.of(
                new HostOrder.RunWorkload(
                        HOST,
                        7,
                        LEASE,
                        RENTAL,
                        1,
                        AT,
                        AT.plusSeconds(3_600),
                        Algorithm.SHA256D,
                        List.of(GPU),
                        List.of(POOL),
                        List.of("127.0.0.1/32")),
                new HostOrder.StopWorkload(HOST, 8, LEASE, RENTAL, 1, "ended by the customer"),
                new HostOrder.TrimUsage(HOST, 9, 2, 41),
                new HostOrder.RunBurnIn(
                        HOST, 10, BURN_IN, AT.plusSeconds(14_100), List.of(GPU), List.of(Algorithm.SHA256D), 10));
    }

    /** A host that is drained and a GPU of it that has become slow, each with all that is told of why. */
    static LeaseNotice.HostKnown standing() {
        Standing host = new Standing(
                "Draining",
                "DRAIN_ASKED",
                "new fans (ola)",
                Owner.PROVIDER,
                AT,
                "its leases end, then it rests in Maintenance by itself",
                AT.plusSeconds(259_200));
        Standing gpu = new Standing(
                "Degraded", "RATE_FALLEN", "hashes 700 H/s", Owner.PROVIDER, AT, "only a burn-in leads back", null);
        return new LeaseNotice.HostKnown(
                HOST,
                "rig-1",
                "local",
                "Draining",
                "new fans (ola)",
                AT,
                List.of(new LeaseNotice.GpuKnown(GPU, "pthread", DeviceKind.CPU, 1, null, null, null, gpu)),
                4,
                host);
    }
}
