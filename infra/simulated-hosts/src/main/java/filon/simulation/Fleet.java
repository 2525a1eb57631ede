package filon.simulation;

import filon.agent.HomeInUseException;
import filon.agent.SettingException;
import filon.agent.enrolment.TokenRefusedException;
import filon.simulation.host.HostPlan;
import filon.simulation.host.SimulatedHost;
import filon.simulation.host.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Many simulated hosts in this JVM.
 *
 * <p>Some threads ("lane") step the hosts, each host always by the same one. Hosts start and end in virtual threads, so many at a time.
 */
public final class Fleet implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Fleet.class);
    private static final int LANES = 4;
    private static final int STARTS_AT_ONCE = 12;
    private static final int ENDS_AT_ONCE = 64;
    private static final long STEP_MILLIS = 500;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final long END_SECONDS_MAX = 60;
    private final List<SimulatedHost> hosts;
    private final Surroundings surroundings;
    private final List<ScheduledExecutorService> lanes = new ArrayList<>();
    private final Semaphore starting = new Semaphore(STARTS_AT_ONCE);
    private final Semaphore ending = new Semaphore(ENDS_AT_ONCE);
    private volatile boolean isClosed;

    private Fleet(List<SimulatedHost> hosts, Surroundings surroundings) {
        this.hosts = List.copyOf(hosts);
        this.surroundings = surroundings;
    }

    /** Returns at once; hosts start as soon as they have a token or an identity. */
    public static Fleet start(List<HostPlan> plans, Surroundings surroundings) {
        List<SimulatedHost> hosts = plans.stream()
                .map(plan -> new SimulatedHost(plan, surroundings))
                .toList();
        Fleet fleet = new Fleet(hosts, surroundings);
        fleet.step();
        hosts.forEach(host -> Thread.ofVirtual().name(host.plan().name()).start(() -> fleet.bring(host)));
        return fleet;
    }

    private void step() {
        for (int lane = 0; lane < LANES; lane++) {
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("lane-" + lane).daemon().factory());
            for (int i = lane; i < hosts.size(); i += LANES) {
                SimulatedHost host = hosts.get(i);
                // spread over the step, so that the disk is not asked by all at once
                long delay = STEP_MILLIS * i / hosts.size();
                executor.scheduleWithFixedDelay(() -> step(host), delay, STEP_MILLIS, TimeUnit.MILLISECONDS);
            }
            lanes.add(executor);
        }
    }

    private static void step(SimulatedHost host) {
        try {
            host.step();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Simulated host %s cannot be stepped", host.plan().name());
        }
    }

    /** Until it runs, or the fleet ends. */
    private void bring(SimulatedHost host) {
        while (!isClosed && !host.isRunning()) {
            if (!host.isReadyToStart()) {
                surroundings.pause().accept(LOOK_AGAIN);
                continue;
            }
            starting.acquireUninterruptibly();
            try {
                start(host);
            } finally {
                starting.release();
            }
        }
    }

    private void start(SimulatedHost host) {
        try {
            if (!isClosed) {
                host.start();
            }
        } catch (TokenRefusedException e) {
            LOG.warnf("Host %s needs another token: %s", host.plan().name(), e.getMessage());
            forgetToken(host);
        } catch (SettingException | HomeInUseException | IOException e) {
            LOG.errorf("Host %s cannot start and tries again: %s", host.plan().name(), e.getMessage());
            surroundings.pause().accept(TRY_AGAIN);
        }
    }

    private static void forgetToken(SimulatedHost host) {
        try {
            Files.deleteIfExists(host.plan().token());
        } catch (IOException e) {
            LOG.errorf(
                    "The spent token of host %s cannot be deleted: %s",
                    host.plan().name(), e.getMessage());
        }
    }

    /** How many agents run. */
    public int running() {
        return (int) hosts.stream().filter(SimulatedHost::isRunning).count();
    }

    /** How many workloads live. */
    public int workloads() {
        return hosts.stream().mapToInt(SimulatedHost::workloads).sum();
    }

    /** Ends all workloads and agents, many at a time; those that take too long are left to the end of the JVM. */
    @Override
    public void close() {
        isClosed = true;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        hosts.forEach(host -> threads.submit(() -> end(host)));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warnf("Some hosts did not end within %d s", END_SECONDS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.forEach(ScheduledExecutorService::shutdownNow);
    }

    private void end(SimulatedHost host) {
        ending.acquireUninterruptibly();
        try {
            host.close();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("Host %s did not end well: %s", host.plan().name(), e.getMessage());
        } finally {
            ending.release();
        }
    }
}
