package filon.agent.burnin;

import filon.agent.engine.EngineRun;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes the ordered burn-in true: level-triggered, one at a time. Belongs to one thread.
 *
 * <p>What is over is kept and never done again; what a restart of the agent interrupted is begun anew. A child that nobody wants any more is
 * killed, and only when it is gone another begins.
 */
public final class BurnIns {
    private static final Logger LOG = Logger.getLogger(BurnIns.class);
    /** Hung up, interrupted, terminated: as a whole service is stopped, which says nothing about devices. */
    private static final Set<Integer> ENDED_WITH_THE_SERVICE = Set.of(129, 130, 143);

    private final BurnInFolder folder;
    private final BurnInLauncher launcher;
    private final Clock clock;
    private Optional<BurnInRecord> newest;
    private Optional<Child> child;

    /**
     * @param isOurs whether this life of the agent started it and waits for what it says
     */
    private record Child(BurnInId id, List<GpuId> gpus, EngineRun run, boolean isOurs) {}

    private BurnIns(BurnInFolder folder, BurnInLauncher launcher, Clock clock) throws IOException {
        this.folder = folder;
        this.launcher = launcher;
        this.clock = clock;
        this.newest = folder.record();
        this.child = newest.flatMap(this::leftOver);
    }

    /** Opens what is on disk; a child of an earlier life that still lives will be killed. */
    public static BurnIns open(Path agentHome, BurnInLauncher launcher, Clock clock) throws IOException {
        return new BurnIns(BurnInFolder.in(agentHome), launcher, clock);
    }

    private Optional<Child> leftOver(BurnInRecord record) {
        return record.process().flatMap(launcher::find).map(run -> new Child(record.id(), record.gpuIds(), run, false));
    }

    /** The GPUs on which nothing else may run now. */
    public Set<GpuId> gpus() {
        return child.map(living -> Set.copyOf(living.gpus())).orElse(Set.of());
    }

    public Optional<BurnInRecord> newest() {
        return newest;
    }

    /**
     * One round.
     *
     * @param order the burn-in that was ordered last
     */
    public void round(Optional<RunBurnIn> order, Surroundings surroundings) throws IOException {
        if (order.isPresent()
                && newest.filter(record -> record.id().equals(order.get().burnInId()))
                        .isEmpty()) {
            LOG.infof(
                    "Burn-in %s of %d devices is ordered",
                    order.get().burnInId(), order.get().gpuIds().size());
            keep(BurnInRecord.begun(order.get(), clock.instant()));
        }
        if (child.isPresent()) {
            watch(child.get(), order);
        }
        if (child.isEmpty() && order.isPresent() && isOpen()) {
            begin(order.get(), surroundings);
        }
    }

    /** Kills the child, if there is one: its burn-in is begun anew in the agent's next life. */
    public void end() {
        child.ifPresent(living -> living.run().kill());
    }

    private boolean isOpen() {
        return newest.filter(record -> !record.hasEnded()).isPresent();
    }

    private void watch(Child living, Optional<RunBurnIn> order) throws IOException {
        boolean isWanted = living.isOurs()
                && isOpen()
                && order.filter(wanted -> wanted.burnInId().equals(living.id())).isPresent();
        if (!living.run().isAlive()) {
            child = Optional.empty();
            if (isWanted && !wasEndedWithTheService(living)) {
                over(outcome(living));
            }
        } else if (!isWanted) {
            living.run().kill();
        } else if (!clock.instant().isBefore(order.orElseThrow().notAfter())) {
            over(Outcome.failed("it was not over by " + order.get().notAfter() + ": "
                    + newest.orElseThrow().progress()));
            living.run().kill();
        } else {
            folder.lastLine().ifPresent(this::say);
        }
    }

    private static boolean wasEndedWithTheService(Child gone) {
        return gone.run().exitCode().filter(ENDED_WITH_THE_SERVICE::contains).isPresent();
    }

    private void begin(RunBurnIn order, Surroundings surroundings) throws IOException {
        Instant now = clock.instant();
        Optional<String> obstacle = obstacle(order, surroundings, now);
        if (obstacle.isPresent()) {
            over(Outcome.failed(obstacle.get()));
            return;
        }
        Optional<String> delay = delay(order, surroundings);
        if (delay.isPresent()) {
            say(delay.get());
            return;
        }
        List<DeviceSelector> devices =
                order.gpuIds().stream().map(surroundings.devices()::get).toList();
        try {
            EngineRun started = launcher.launch(folder, order, devices);
            child = Optional.of(new Child(order.burnInId(), order.gpuIds(), started, true));
            keep(newest.orElseThrow().at("begun").doneBy(started.record()));
        } catch (IOException e) {
            over(Outcome.failed("it cannot be started: " + e.getMessage()));
        }
    }

    private static Optional<String> obstacle(RunBurnIn order, Surroundings surroundings, Instant now) {
        if (!now.isBefore(order.notAfter())) {
            return Optional.of("it was to be over by " + order.notAfter());
        }
        for (GpuId gpu : order.gpuIds()) {
            if (!surroundings.devices().isEmpty() && !surroundings.devices().containsKey(gpu)) {
                return Optional.of("this host has no GPU " + gpu);
            }
            if (surroundings.ordered().containsKey(gpu)) {
                return Optional.of("GPU " + gpu + " works for lease "
                        + surroundings.ordered().get(gpu));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> delay(RunBurnIn order, Surroundings surroundings) {
        if (surroundings.devices().isEmpty()) {
            return Optional.of("waiting for the devices to be listed");
        }
        return order.gpuIds().stream()
                .filter(surroundings.working()::contains)
                .findFirst()
                .map(gpu -> "waiting for the workload on GPU " + gpu + " to end");
    }

    private Outcome outcome(Child gone) throws IOException {
        int code = gone.run().exitCode().orElse(-1);
        Optional<String> fault = code == BurnInLauncher.PASSED || code == BurnInLauncher.NOT_PASSED
                ? Optional.empty()
                : Optional.of("the burn-in's process ended with code " + code
                        + folder.lastLine().map(line -> ": " + line).orElse(""));
        return Outcome.of(gone.gpus(), folder.deviceResults(), fault);
    }

    private void over(Outcome outcome) throws IOException {
        BurnInRecord record = newest.orElseThrow().over(outcome, clock.instant());
        LOG.infof("Burn-in %s is over: %s, %s", record.id(), record.state(), record.progress());
        keep(record);
    }

    private void keep(BurnInRecord record) throws IOException {
        folder.write(record);
        newest = Optional.of(record);
    }

    /** Not worth a place on the disk. */
    private void say(String progress) {
        newest = newest.map(record -> record.at(progress));
    }
}
