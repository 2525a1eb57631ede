package filon.agent.wipe;

import filon.agent.disk.DurableFile;
import filon.agent.engine.EngineRun;
import filon.agent.wipe.WipeRecord.Step;
import filon.agent.workload.Assignment;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.mining.burnin.DeviceResult;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Wipes GPUs between leases: level-triggered, each GPU in a child process of its own. Belongs to one thread.
 *
 * <p>That a GPU is owed a wipe is on the disk before its lease's workload starts, so that no death of the agent forgets it. What was interrupted is
 * begun again; what failed stays failed until a burn-in, which overwrites the memory too, has passed.
 */
public final class Wipes {
    /** So long after it could begin a wipe must be over: the device or its driver hangs, or something never lets go of it. */
    public static final Duration WITHIN = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(Wipes.class);
    /** Hung up, interrupted, terminated: as a whole service is stopped, which says nothing about devices. */
    private static final Set<Integer> ENDED_WITH_THE_SERVICE = Set.of(129, 130, 143);

    private final Path home;
    private final WipeLauncher launcher;
    private final Clock clock;
    private final Map<String, WipeRecord> records = new TreeMap<>();
    private final Map<GpuId, Child> children = new HashMap<>();
    private final Map<GpuId, Instant> wantedSince = new HashMap<>();

    /** @param isOurs whether this life of the agent started it and waits for what it says */
    private record Child(EngineRun process, boolean isOurs) {}

    private Wipes(Path home, WipeLauncher launcher, Clock clock) {
        this.home = home;
        this.launcher = launcher;
        this.clock = clock;
    }

    /** Opens what is on disk; a child of an earlier life that still lives will be killed. */
    public static Wipes open(Path agentHome, WipeLauncher launcher, Clock clock) throws IOException {
        Wipes wipes = new Wipes(DurableFile.directory(agentHome.resolve("wipes")), launcher, clock);
        for (WipeRecord record : WipeFolder.recordsIn(wipes.home)) {
            wipes.records.put(record.gpuId().value(), record);
            record.process()
                    .flatMap(launcher::find)
                    .ifPresent(process -> wipes.children.put(record.gpuId(), new Child(process, false)));
        }
        return wipes;
    }

    public List<WipeRecord> records() {
        return List.copyOf(records.values());
    }

    public Optional<WipeRecord> of(GpuId gpu) {
        return Optional.ofNullable(records.get(gpu.value()));
    }

    /** The GPUs on which nothing else may run now. */
    public Set<GpuId> gpus() {
        return Set.copyOf(children.keySet());
    }

    /** The GPUs on which no other lease's workload may begin, and whose wipe is not over, or failed. */
    public Map<GpuId, LeaseId> unwiped() {
        return records.values().stream()
                .filter(record -> record.step() != Step.WIPED)
                .collect(Collectors.toMap(WipeRecord::gpuId, WipeRecord::leaseId));
    }

    /**
     * From now on the GPU is owed a wipe after this lease; on the disk when this returns, and so before the lease's workload begins.
     *
     * @throws IllegalStateException if it is still owed one after another lease
     */
    public void owe(Assignment assignment) throws IOException {
        Optional<WipeRecord> known = of(assignment.key().gpuId());
        boolean isOfAnother =
                known.filter(record -> !record.isOf(assignment.key().leaseId())).isPresent();
        if (isOfAnother && known.get().step() != Step.WIPED) {
            throw new IllegalStateException("GPU " + assignment.key().gpuId() + " is not wiped after lease "
                    + known.get().leaseId());
        }
        if (isOfAnother || known.isEmpty() || known.get().isOver()) {
            keep(WipeRecord.owed(assignment, clock.instant()));
        }
    }

    /** A lease has ended of which no workload ever ran on this GPU: nothing of it is there. */
    public void nothingRan(Assignment assignment) throws IOException {
        Optional<WipeRecord> known = of(assignment.key().gpuId());
        boolean isNewest = known.isEmpty()
                || known.get().step() == Step.WIPED && known.get().generation() < assignment.generation();
        if (isNewest) {
            Instant now = clock.instant();
            keep(WipeRecord.owed(assignment, now).over(Step.WIPED, "no workload of this lease ever ran here", now));
        }
    }

    /** A burn-in that passed has overwritten the GPU's memory and read it back. */
    public void burntIn(Collection<GpuId> gpus, Instant startedAt) throws IOException {
        for (GpuId gpu : gpus) {
            Optional<WipeRecord> failed = of(gpu).filter(record -> record.step() == Step.FAILED
                    && record.endedAt().orElseThrow().isBefore(startedAt));
            if (failed.isPresent()) {
                keep(failed.get().over(Step.WIPED, "overwritten by a burn-in that passed", clock.instant()));
            }
        }
    }

    /**
     * One round.
     *
     * @param wanted the GPUs whose lease is over, with nothing left to do for it but the wipe
     * @param busy GPUs on which a workload or a burn-in lives
     * @param devices of each GPU that is present; empty until the devices are listed
     */
    public void round(Set<GpuId> wanted, Set<GpuId> busy, Map<GpuId, DeviceSelector> devices) throws IOException {
        wantedSince.keySet().retainAll(wanted);
        for (WipeRecord record : records()) {
            GpuId gpu = record.gpuId();
            boolean isWanted = wanted.contains(gpu) && !record.isOver();
            if (children.containsKey(gpu)) {
                watch(record, children.get(gpu), isWanted);
            }
            if (isWanted && !children.containsKey(gpu) && !of(gpu).orElseThrow().isOver()) {
                begin(record, busy, devices);
            }
        }
    }

    /** Kills the children, if there are any: their wipes are begun again in the agent's next life. */
    public void end() {
        children.values().forEach(child -> child.process().kill());
    }

    private void watch(WipeRecord record, Child child, boolean isWanted) throws IOException {
        if (!child.process().isAlive()) {
            children.remove(record.gpuId());
            if (isWanted && child.isOurs() && !wasEndedWithTheService(child)) {
                judge(record, child.process().exitCode().orElse(-1));
            }
        } else if (!isWanted || !child.isOurs()) {
            child.process().kill();
        } else if (isLate(record.gpuId())) {
            over(record, Step.FAILED, "not over within " + WITHIN.toMinutes() + " minutes");
            child.process().kill();
        }
    }

    private static boolean wasEndedWithTheService(Child gone) {
        return gone.process()
                .exitCode()
                .filter(ENDED_WITH_THE_SERVICE::contains)
                .isPresent();
    }

    private void judge(WipeRecord record, int code) throws IOException {
        Optional<DeviceResult> result = WipeFolder.of(home, record.gpuId()).result();
        String words = result.map(WipeFolder::words).orElse("nothing was found");
        boolean isWiped = code == WipeLauncher.PASSED
                && result.filter(DeviceResult::passed).isPresent();
        over(record, isWiped ? Step.WIPED : Step.FAILED, isWiped ? words : "exit code " + code + ": " + words);
    }

    private void begin(WipeRecord record, Set<GpuId> busy, Map<GpuId, DeviceSelector> devices) throws IOException {
        GpuId gpu = record.gpuId();
        Instant now = clock.instant();
        wantedSince.putIfAbsent(gpu, now);
        if (busy.contains(gpu) || !devices.containsKey(gpu)) {
            if (isLate(gpu)) {
                over(
                        record,
                        Step.FAILED,
                        "not begun within " + WITHIN.toMinutes() + " minutes: "
                                + (busy.contains(gpu) ? "the GPU is busy" : "this host has no such GPU"));
            }
            return;
        }
        try {
            EngineRun started = launcher.launch(WipeFolder.of(home, gpu), devices.get(gpu));
            children.put(gpu, new Child(started, true));
            keep(record.doneBy(started.record()));
        } catch (IOException e) {
            over(record, Step.FAILED, "it cannot be started: " + e.getMessage());
        }
    }

    private boolean isLate(GpuId gpu) {
        return !clock.instant().isBefore(wantedSince.get(gpu).plus(WITHIN));
    }

    private void over(WipeRecord record, Step how, String why) throws IOException {
        LOG.infof("GPU %s after lease %s: %s, %s", record.gpuId(), record.leaseId(), how, why);
        keep(record.over(how, why, clock.instant()));
    }

    private void keep(WipeRecord record) throws IOException {
        WipeFolder.of(home, record.gpuId()).write(record);
        records.put(record.gpuId().value(), record);
    }
}
