package filon.api;

import filon.api.balance.Balances;
import filon.api.catalogue.Offers;
import filon.api.catalogue.Quote;
import filon.api.database.Database;
import filon.api.fleet.Fleet;
import filon.api.identity.Caller;
import filon.api.identity.Role;
import filon.api.rental.CheckedWish;
import filon.api.rental.Rental;
import filon.api.rental.RentalEvent;
import filon.api.rental.Rentals;
import filon.api.rental.Wish;
import filon.api.rental.WishChecks;
import filon.api.usage.Cost;
import filon.api.usage.Usages;
import filon.contracts.message.Envelope;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.message.Message;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.DeviceSensors;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Owner;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import filon.contracts.value.Standing;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.inbox.Received;
import filon.testkit.MovableClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sets stages for tests through the use cases that the platform itself calls. */
@Singleton
public class Scene {
    public static final MicroEuro PRICE = MicroEuro.of(360_000);
    public static final String POOL = "stratum+tcp://127.0.0.1:3333";

    private final Offers offers;
    private final Rentals rentals;
    private final WishChecks checks;
    private final Fleet fleet;
    private final Usages usages;
    private final Balances balances;
    private final Database database;
    private final MovableClock clock;

    Scene(
            Offers offers,
            Rentals rentals,
            WishChecks checks,
            Fleet fleet,
            Usages usages,
            Balances balances,
            Database database,
            MovableClock clock) {
        this.offers = offers;
        this.rentals = rentals;
        this.checks = checks;
        this.fleet = fleet;
        this.usages = usages;
        this.balances = balances;
        this.database = database;
        this.clock = clock;
    }

    public static Caller customer(String name) {
        return new Caller(CustomerId.of(name), name, Set.of(Role.CUSTOMER));
    }

    public Instant now() {
        return clock.instant();
    }

    public void price() {
        offers.publish(new Quote(Sku.of("opencl-cpu"), 1, PRICE, Instant.EPOCH));
        offers.publish(new Quote(Sku.of("opencl-gpu"), 1, PRICE.times(2), Instant.EPOCH));
    }

    public Rental ordered(Caller caller) {
        price();
        return rentals.order(caller, wish(1));
    }

    public CheckedWish wish(int gpus) {
        return checks.check(new Wish(
                "opencl-cpu",
                gpus,
                "sha256d",
                List.of(new Wish.PoolWish(POOL, "wallet.rig", "pool-secret-local-dev-only")),
                List.of()));
    }

    public Rental funded(Caller caller) {
        Rental rental = ordered(caller);
        rentals.hear(rental.id(), new RentalEvent.HoldPlaced(now()));
        return rentals.find(caller, rental.id());
    }

    /** A rental whose only GPU on a new host hashes. */
    public Rental active(Caller caller, HostId host, String hostName) {
        Rental rental = funded(caller);
        LeaseId lease = LeaseId.of(UUID.randomUUID());
        GpuId gpu = GpuId.of(host + "/0");
        host(host, hostName, 1, lease, rental.id());
        fleet.grant(new Granted(
                rental.id(),
                caller.customerId(),
                lease,
                1,
                host,
                List.of(gpu),
                now(),
                now().plus(Duration.ofHours(1))));
        rentals.hear(rental.id(), new RentalEvent.LeaseGranted(now(), lease, 1));
        rentals.hear(rental.id(), new RentalEvent.WorkSeen(now(), lease, 1, WorkloadState.RUNNING, "hashing", now()));
        fleet.hear(new WorkloadReported(
                host,
                1,
                rental.id(),
                lease,
                1,
                1,
                gpu,
                WorkloadState.RUNNING,
                "hashing",
                now(),
                HashRate.of(25_000_000),
                12,
                1,
                3,
                now()));
        fleet.hear(new TelemetrySample(
                host,
                gpu,
                rental.id(),
                now().minusSeconds(1),
                WorkloadState.RUNNING,
                HashRate.of(24_000_000),
                11,
                1,
                61,
                142_500L,
                new DeviceSensors(55, 1_980, 5_001, 0L, null)));
        return rentals.find(caller, rental.id());
    }

    public void host(HostId host, String name, long version, LeaseId lease, RentalId rental) {
        fleet.know(new HostKnown(
                host,
                name,
                "par1",
                lease == null ? "Available" : "InService",
                lease == null ? "passed its burn-in" : "a rental works here",
                now(),
                List.of(new GpuKnown(
                        GpuId.of(host + "/0"),
                        "pthread-znver3",
                        DeviceKind.CPU,
                        8_589_934_592L,
                        lease,
                        rental,
                        List.of(new MeasuredRate(
                                Algorithm.SHA256D,
                                HashRate.of(82_700_000),
                                HashRate.of(80_100_000),
                                HashRate.of(84_300_000),
                                now())))),
                version));
    }

    /** A host in quarantine with a GPU that has become slow, as provisioning tells of both. */
    public void quarantined(HostId host, String name) {
        Standing hot = new Standing(
                "Quarantined", "BURN_IN_FAILED", "memory: a word differs", Owner.PROVIDER, now(), "replace it", null);
        Standing slow =
                new Standing("Degraded", "RATE_FALLEN", "hashes 700 H/s", Owner.PROVIDER, now(), "cool it", null);
        GpuKnown gpu = new GpuKnown(
                GpuId.of(host + "/0"), "pthread-znver3", DeviceKind.CPU, 8_589_934_592L, null, null, null, slow);
        fleet.know(new HostKnown(host, name, "par1", hot.state(), hot.reason(), hot.since(), List.of(gpu), 1, hot));
    }

    public void cost(RentalId rental, long seconds, long version) {
        usages.posted(new Cost(
                rental, seconds, PRICE.costOfSeconds(seconds), 10, 0, Optional.of(now()), version, Optional.of(now())));
    }

    public void balance(Caller caller, long available, long held) {
        balances.changed(
                caller.customerId(),
                MicroEuro.of(available),
                MicroEuro.of(held),
                System.identityHashCode(caller),
                now());
    }

    /** The messages that wait in the outbox under a key, oldest first. */
    public List<Message> said(String key) {
        return database
                .select("select value from outbox where key = ? order by seq", row -> row.getBytes(1), key)
                .stream()
                .map(Scene::decoded)
                .toList();
    }

    /** A message as a consumer gets it. */
    public Received received(String topic, Message message) {
        Envelope envelope = Envelope.of(UUID.randomUUID(), now(), "test", 1, message);
        return new Received(topic, 0, 1, message.key(), Map.of(), MessageCodec.encode(envelope), envelope);
    }

    private static Message decoded(byte[] value) {
        try {
            return MessageCodec.decode(value).payload();
        } catch (UnusableMessageException e) {
            throw new AssertionError("the outbox has a message that cannot be read", e);
        }
    }
}
