package filon.billing;

import filon.billing.hold.Holds;
import filon.billing.ledger.TopUps;
import filon.billing.meter.Leases;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Customers, rentals and leases to play with; each test has its own. */
@ApplicationScoped
public class Scene {
    public static final MicroEuro PRICE = MicroEuro.of(360_000);
    /** What {@link #PRICE} comes to per GPU-second. */
    public static final long PER_SECOND = 100;

    private final TopUps topUps;
    private final Holds holds;
    private final Leases leases;

    Scene(TopUps topUps, Holds holds, Leases leases) {
        this.topUps = topUps;
        this.holds = holds;
        this.leases = leases;
    }

    public static CustomerId someone() {
        return CustomerId.of(UUID.randomUUID().toString());
    }

    public CustomerId customerWith(long microEuro) {
        CustomerId customer = someone();
        topUp(customer, microEuro);
        return customer;
    }

    public void topUp(CustomerId customer, long microEuro) {
        topUps.topUp(
                customer, MicroEuro.of(microEuro), "test", UUID.randomUUID().toString(), "finn");
    }

    public static Order order(CustomerId customer, int gpus) {
        Pool pool = new Pool(PoolAddress.of("stratum+tcp://pool.example:3333"), "worker", "x");
        return new Order(customer, Sku.of("opencl-cpu"), gpus, Algorithm.SHA256D, List.of(pool), PRICE, 1);
    }

    public RentalId requested(CustomerId customer, int gpus) {
        RentalId rental = RentalId.of(UUID.randomUUID());
        holds.request(rental, order(customer, gpus));
        return rental;
    }

    public static LeaseNotice.Granted grant(
            RentalId rental, CustomerId customer, TestHost host, long epoch, Instant at, GpuId... gpus) {
        return new LeaseNotice.Granted(
                rental,
                customer,
                LeaseId.of(UUID.randomUUID()),
                epoch,
                host.id(),
                List.of(gpus),
                at,
                at.plus(72, ChronoUnit.HOURS));
    }

    public LeaseNotice.Granted granted(RentalId rental, CustomerId customer, TestHost host, GpuId... gpus) {
        LeaseNotice.Granted notice = grant(rental, customer, host, 1, MovableClock.START.minusSeconds(7_200), gpus);
        leases.granted(notice);
        return notice;
    }

    public void ended(LeaseNotice.Granted lease, Instant at) {
        leases.ended(new LeaseNotice.Ended(lease.rentalId(), lease.leaseId(), lease.epoch(), at, "test"));
    }

    /** Whole seconds of running, from an offset to the start of the test's clock, proven by a share per started minute. */
    public static GpuUsage proven(
            LeaseNotice.Granted lease, GpuId gpu, long fromSecond, long toSecond, boolean isFinal, Random random) {
        long start = MovableClock.START.toEpochMilli();
        List<ShareProof> shares = new ArrayList<>();
        for (long at = fromSecond + 60; at < toSecond; at += 60) {
            shares.add(TestHost.share(start + at * 1_000 - 1, random));
        }
        shares.add(TestHost.share(start + toSecond * 1_000 - 1, random));
        Span span = new Span(start + fromSecond * 1_000, start + toSecond * 1_000);
        return usage(lease, gpu, List.of(span), shares, isFinal);
    }

    public static GpuUsage usage(
            LeaseNotice.Granted lease, GpuId gpu, List<Span> running, List<ShareProof> shares, boolean isFinal) {
        return new GpuUsage(
                lease.leaseId(),
                lease.rentalId(),
                lease.epoch(),
                gpu,
                running,
                1_000,
                shares.size(),
                0,
                shares,
                isFinal);
    }
}
