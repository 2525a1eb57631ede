package filon.agent;

import filon.agent.burnin.BurnInLauncher;
import filon.agent.burnin.FakeBurnIns;
import filon.agent.control.ControlPlane;
import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import filon.agent.enrolment.EnrolmentAnswer;
import filon.agent.enrolment.EnrolmentDesk;
import filon.agent.enrolment.EnrolmentRequest;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.enrolment.TestAuthority;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.identity.Provisioning;
import filon.agent.uplink.Uplink;
import filon.agent.uplink.UplinkRecord;
import filon.agent.wipe.FakeWipes;
import filon.agent.wipe.WipeLauncher;
import filon.agent.workload.Launcher;
import filon.contracts.message.HostOrder;
import filon.contracts.message.Message;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.mining.device.Device;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A platform in memory around an agent: a topic of orders, the uplink's records, provisioning. The workload processes are real
 * ones, but mine nothing.
 */
final class FakeOutside implements Outside {
    final ControlPlane controlPlane = new ControlPlane();
    final HostId host = HostId.of(UUID.randomUUID());
    final List<UplinkRecord> sent = new CopyOnWriteArrayList<>();
    final List<EnrolmentRequest> enrolments = new CopyOnWriteArrayList<>();
    /** The certificates that ways to the brokers were opened with, in that order. */
    final List<String> uplinks = new CopyOnWriteArrayList<>();

    final List<String> followed = new CopyOnWriteArrayList<>();
    final TestAuthority authority = new TestAuthority();
    final String certificate =
            authority.clientPem(Instant.now().minusSeconds(60), Instant.now().plusSeconds(864_000));
    volatile boolean brokersAreAway;
    volatile List<Device> devices = List.of(new Device(
            0, "Test platform", "Test device", "nobody", "1", DeviceKind.CPU, 1, 1, 1, 1, 1, Optional.empty()));
    private final List<OrderRecord> desired = new ArrayList<>();
    private Optional<Consumer<OrderRecord>> follower = Optional.empty();

    Identity identity() {
        return new Identity(
                host,
                certificate,
                "authority",
                List.of("127.0.0.1:1"),
                List.of(controlPlane.publicKey()),
                "0123456789abcdef".repeat(4),
                1);
    }

    /** The same, with a certificate two thirds of whose life are over. */
    Identity identityThatIsDue() {
        Identity identity = identity();
        String due = authority.clientPem(
                Instant.now().minusSeconds(2_100), Instant.now().plusSeconds(900));
        return new Identity(
                host,
                due,
                identity.ca(),
                identity.brokers(),
                identity.controlPlaneKeys(),
                identity.uplinkKey(),
                identity.enrolment());
    }

    /** Appends to the host's desired topic. */
    synchronized void order(HostOrder order) {
        record(order.slot(), controlPlane.signed(order));
    }

    synchronized void record(String slot, byte[] value) {
        OrderRecord record = new OrderRecord(desired.size(), slot, Optional.of(value));
        desired.add(record);
        follower.ifPresent(receiver -> receiver.accept(record));
    }

    /** What was sent, of one type, in the order of sending. */
    <T extends Message> List<T> sent(Class<T> type) {
        return sent.stream().flatMap(record -> decoded(record, type)).toList();
    }

    private static <T extends Message> Stream<T> decoded(UplinkRecord record, Class<T> type) {
        try {
            Message payload = MessageCodec.decode(record.value()).payload();
            return type.isInstance(payload) ? Stream.of(type.cast(payload)) : Stream.empty();
        } catch (UnusableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public UUID newId() {
        return UUID.randomUUID();
    }

    @Override
    public void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public List<Device> devices() {
        return devices;
    }

    @Override
    public Launcher launcher() {
        return Launcher.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "filon.mining.workload.FakeWorkloadMain"));
    }

    @Override
    public BurnInLauncher burnInLauncher() {
        return FakeBurnIns.launcher();
    }

    @Override
    public WipeLauncher wipeLauncher() {
        return FakeWipes.launcher();
    }

    @Override
    public EnrolmentDesk desk(Provisioning provisioning) {
        return request -> {
            enrolments.add(request);
            return "good-token".equals(request.token())
                    ? new EnrolmentAnswer.Accepted(identity())
                    : new EnrolmentAnswer.Refused("the token is spent");
        };
    }

    @Override
    public RenewalDesk renewals(Provisioning provisioning) {
        return request -> new EnrolmentAnswer.Accepted(identity());
    }

    @Override
    public Uplink uplink(Identity identity, HostKey key) {
        uplinks.add(identity.certificate());
        return new Uplink() {
            private volatile boolean closed;

            @Override
            public CompletableFuture<Void> send(UplinkRecord record) {
                if (brokersAreAway || closed) {
                    return CompletableFuture.failedFuture(new IOException("no broker"));
                }
                sent.add(record);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public synchronized OrderSource orders(Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
        followed.add(identity.certificate());
        List.copyOf(desired).forEach(receiver);
        follower = Optional.of(receiver);
        return new OrderSource() {
            @Override
            public boolean isConnected() {
                return !brokersAreAway;
            }

            @Override
            public void close() {
                unfollow();
            }
        };
    }

    private synchronized void unfollow() {
        follower = Optional.empty();
    }
}
