package filon.agent;

import filon.agent.control.OrderRecord;
import filon.agent.disk.DurableFile;
import filon.agent.disk.HomeLock;
import filon.agent.enrolment.Enrolment;
import filon.agent.enrolment.Renewal;
import filon.agent.enrolment.TokenRefusedException;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import filon.agent.identity.Provisioning;
import filon.agent.inventory.Inventory;
import filon.agent.uplink.Messenger;
import filon.agent.uplink.UsageSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The worker agent of one host: identity, then believed orders, then processes that match them, then reports of what they did.
 *
 * <p>One thread, "agent", owns all that is decided ({@link Duty}); three more only carry: one brings orders in, one sends usage, one
 * sends the rest. Nothing of it needs the brokers to be there.
 */
public final class Agent implements AutoCloseable {
    public static final String VERSION = "0.1.0";

    private static final Logger LOG = Logger.getLogger(Agent.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration INVENTORY_RETRY = Duration.ofMinutes(1);
    private static final Duration RENEWAL_LOOK = Duration.ofSeconds(5);
    private static final Duration LAST_DUTY_WITHIN = Duration.ofSeconds(12);
    private final AgentConfiguration configuration;
    private final Outside outside;
    private final HomeLock lock;
    private final IdentityStore store;
    private final ScheduledExecutorService thread;
    private final ScheduledExecutorService identityThread;
    private final Connections connections;
    private final Messenger messenger;
    private final Duty duty;
    private final UsageSender usageSender;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean isListing = new AtomicBoolean();
    private volatile Identity identity;

    private Agent(
            AgentConfiguration configuration, Outside outside, HomeLock lock, Identity identity, IdentityStore store)
            throws IOException {
        this.configuration = configuration;
        this.outside = outside;
        this.lock = lock;
        this.store = store;
        this.identity = identity;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("agent").factory());
        this.identityThread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("identity").daemon().factory());
        this.connections = Connections.open(outside, identity, store.key(), this::receive);
        this.messenger = Messenger.start(identity, store.key(), connections);
        this.duty = Duty.begin(configuration, outside, identity, messenger);
        this.usageSender = UsageSender.start(identity, duty.meteringLog(), connections);
        duty.onUsageWritten(usageSender::wake);
        duty.onDevicesDoubted(this::lookForDevices);
        thread.execute(() -> duty.inventory(stored(configuration.home())));
        thread.scheduleWithFixedDelay(duty::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        connections.follow(identity);
        keepRenewed();
        lookForDevices();
    }

    /**
     * Enrols where needed, then begins. Processes of an earlier life go on.
     *
     * @throws SettingException if the first start lacks a setting
     * @throws TokenRefusedException if the host is not enrolled and its token is no good
     * @throws HomeInUseException if another agent holds the home
     * @throws IOException if the state on disk cannot be read or written
     */
    public static Agent start(AgentConfiguration configuration, Outside outside)
            throws SettingException, TokenRefusedException, HomeInUseException, IOException {
        Path home = DurableFile.directory(configuration.home());
        HomeLock lock = HomeLock.take(home)
                .orElseThrow(() -> new HomeInUseException("another agent lives in filon.agent.home " + home));
        try {
            IdentityStore store = new IdentityStore(home);
            // on the host's console, for whoever has to confirm that this is the machine that was meant
            LOG.infof("The fingerprint of this host's key is %s", store.key().fingerprint());
            Identity identity = identity(configuration, outside, store);
            LOG.infof("Agent of host %s begins", identity.hostId());
            return new Agent(configuration, outside, lock, identity, store);
        } catch (SettingException | TokenRefusedException | IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Identity identity(AgentConfiguration configuration, Outside outside, IdentityStore store)
            throws SettingException, TokenRefusedException, IOException {
        Optional<Identity> known = store.identity();
        if (known.isPresent()) {
            return known.get();
        }
        var desk = outside.desk(configuration.requiredProvisioning());
        Inventory inventory = inventoryForEnrolment(configuration.home(), outside);
        return new Enrolment(store, desk, outside::pause)
                .identity(
                        configuration.enrolmentToken(),
                        new Enrolment.Introduction(
                                VERSION,
                                configuration.name(),
                                configuration.serial().orElse(""),
                                inventory.gpusWithoutIds()));
    }

    private static Inventory inventoryForEnrolment(Path home, Outside outside) throws IOException {
        try {
            Inventory inventory = new Inventory(outside.devices());
            inventory.store(home);
            return inventory;
        } catch (IOException e) {
            LOG.errorf("The host enrols without GPUs: %s", e.getMessage());
            return new Inventory(List.of());
        }
    }

    /** The identity of the moment; each renewal brings another certificate. */
    public Identity identity() {
        return identity;
    }

    /** What the settings say of provisioning is remembered, so that they are needed for the first start only. */
    private void keepRenewed() throws IOException {
        if (configuration.provisioning().isPresent()) {
            store.save(configuration.provisioning().get());
        }
        Optional<Provisioning> provisioning = store.provisioning();
        if (provisioning.isEmpty()) {
            LOG.error("The certificate will not be renewed: set filon.agent.provisioning-url and"
                    + " filon.agent.authority-file once");
            return;
        }
        Renewal renewal = new Renewal(store, outside.renewals(provisioning.get()), outside.clock(), outside::newId);
        identityThread.scheduleWithFixedDelay(() -> renew(renewal), 0, RENEWAL_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Miners know nothing of it. */
    private void renew(Renewal renewal) {
        try {
            Optional<Identity> next = renewal.renewed(identity);
            if (next.isPresent()) {
                identity = next.get();
                connections.renew(identity);
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "The certificate cannot be renewed now: %s", e.getMessage());
        }
    }

    /** Whether the brokers deliver orders just now; without them the stored orders stay in force. */
    public boolean isConnected() {
        return connections.isConnected();
    }

    private void receive(OrderRecord record) {
        try {
            thread.execute(() -> duty.receive(record));
        } catch (RejectedExecutionException e) {
            LOG.debugf(
                    "Order record %d came while the agent ends: it is read again at the next start", record.offset());
        }
    }

    /** At the start, and whenever a workload has ended unasked; one look at a time is enough. */
    private void lookForDevices() {
        if (!isListing.getAndSet(true)) {
            Thread.ofVirtual().name("inventory").start(this::lookOnce);
        }
    }

    private void lookOnce() {
        try {
            listDevices();
        } finally {
            isListing.set(false);
        }
    }

    private void listDevices() {
        while (!thread.isShutdown()) {
            try {
                Inventory inventory = new Inventory(outside.devices());
                inventory.store(configuration.home());
                thread.execute(() -> duty.inventory(inventory));
                return;
            } catch (IOException e) {
                LOG.errorf("The GPUs cannot be listed, the last list stays: %s", e.getMessage());
                outside.pause(INVENTORY_RETRY);
            } catch (RejectedExecutionException e) {
                return; // the agent ends
            }
        }
    }

    private static Inventory stored(Path home) {
        try {
            return Inventory.stored(home).orElse(new Inventory(List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends in order: no more orders, a last report, then the carriers. Workloads go on unless the setting says otherwise. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        LOG.infof("Agent of host %s ends", identity.hostId());
        identityThread.shutdownNow();
        connections.closeOrders();
        Future<?> last = thread.submit(() -> duty.end(configuration.stopWorkloadsOnExit()));
        thread.shutdown();
        try {
            last.get(LAST_DUTY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.errorf(e, "The last duty of the agent did not end well; the next start goes on from the log");
        }
        usageSender.close();
        messenger.close();
        connections.close();
        duty.close();
        lock.close();
    }
}
