package filon.agent.workload;

import filon.agent.workload.Action.Hold;
import filon.agent.workload.Action.Kill;
import filon.agent.workload.Action.Launch;
import filon.agent.workload.Action.Renew;
import filon.agent.workload.Action.Stop;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Desired x observed = what to do now: level-triggered, so that a lost, repeated or reordered event changes nothing.
 *
 * <p>A GPU gets a new process only when no process lives on it: the old one ends first, whatever it takes.
 */
public final class Reconciliation {
    /** After this long a process that was asked to end is killed. */
    public static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Map<WorkloadKey, Observed> observed = new HashMap<>();
    private final Map<GpuId, WorkloadKey> busy = new HashMap<>();
    private final HostGpus gpus;
    private final Instant now;
    private final List<Action> actions = new ArrayList<>();

    private Reconciliation(List<Observed> observed, HostGpus gpus, Instant now) {
        observed.forEach(one -> this.observed.put(one.key(), one));
        observed.stream()
                .filter(Observed::isAlive)
                .forEach(one -> busy.put(one.key().gpuId(), one.key()));
        this.gpus = gpus;
        this.now = now;
    }

    /**
     * @param desired what the believed orders ask for, whether or not their time has come or is over
     */
    public static List<Action> decide(List<Assignment> desired, List<Observed> observed, HostGpus gpus, Instant now) {
        Reconciliation reconciliation = new Reconciliation(observed, gpus, now);
        Map<WorkloadKey, Assignment> wanted = new HashMap<>();
        desired.forEach(assignment -> wanted.put(assignment.key(), assignment));
        observed.stream()
                .filter(one -> one.isAlive() && !wanted.containsKey(one.key()))
                .sorted(Comparator.comparing(one -> one.key().toString()))
                .forEach(one -> reconciliation.end(one, "no order asks for it"));
        desired.stream()
                .sorted(Comparator.comparingLong(Assignment::generation)
                        .thenComparing(assignment -> assignment.key().toString()))
                .forEach(assignment -> reconciliation.consider(assignment, desired));
        return List.copyOf(reconciliation.actions);
    }

    private void consider(Assignment assignment, List<Assignment> desired) {
        Optional<Observed> one = Optional.ofNullable(observed.get(assignment.key()));
        Optional<String> forbidden = forbidden(assignment, desired);
        if (one.isPresent() && one.get().isAlive()) {
            considerAlive(assignment, one.get(), forbidden);
            return;
        }
        if (forbidden.isPresent()) {
            actions.add(new Hold(assignment, WorkloadState.STOPPED, forbidden.get()));
            return;
        }
        considerAbsent(assignment, one.map(Observed::restartIn).orElse(Duration.ZERO));
    }

    private void considerAlive(Assignment assignment, Observed one, Optional<String> forbidden) {
        if (forbidden.isPresent()) {
            end(one, forbidden.get());
        } else if (!one.assignment().isSameWork(assignment)) {
            end(one, "a newer order asks for other work");
        } else if (one.stoppingFor().isPresent()) {
            end(one, "it was told to stop before");
        } else if (!one.assignment().equals(assignment)) {
            actions.add(new Renew(assignment));
        }
    }

    private void considerAbsent(Assignment assignment, Duration restartIn) {
        GpuId gpu = assignment.key().gpuId();
        if (assignment.notBefore().isAfter(now)) {
            hold(assignment, WorkloadState.PENDING, "the order begins at " + assignment.notBefore());
        } else if (!gpus.present().contains(gpu)) {
            hold(assignment, WorkloadState.FAILED, "this host has no GPU " + gpu);
        } else if (busy.containsKey(gpu)) {
            hold(
                    assignment,
                    WorkloadState.PENDING,
                    "the GPU still works for lease " + busy.get(gpu).leaseId());
        } else if (gpus.burningIn().contains(gpu)) {
            hold(assignment, WorkloadState.PENDING, "the GPU is being burnt in");
        } else if (gpus.isUnwipedFor(assignment.key())) {
            hold(
                    assignment,
                    WorkloadState.PENDING,
                    "the GPU is not wiped after lease " + gpus.unwiped().get(gpu));
        } else if (restartIn.isPositive()) {
            hold(assignment, WorkloadState.RESTARTING, "starts again in " + (restartIn.toMillis() + 999) / 1000 + " s");
        } else {
            busy.put(gpu, assignment.key());
            actions.add(new Launch(assignment));
        }
    }

    private void hold(Assignment assignment, WorkloadState state, String reason) {
        actions.add(new Hold(assignment, state, reason));
    }

    private Optional<String> forbidden(Assignment assignment, List<Assignment> desired) {
        if (!assignment.authorisedUntil().isAfter(now)) {
            return Optional.of("its authorisation ended at " + assignment.authorisedUntil());
        }
        return desired.stream()
                .filter(other -> other.key().gpuId().equals(assignment.key().gpuId())
                        && other.rentalId().equals(assignment.rentalId())
                        && other.epoch() > assignment.epoch())
                .findFirst()
                .map(other -> "lease " + other.key().leaseId() + " with epoch " + other.epoch() + " replaces it");
    }

    private void end(Observed one, String reason) {
        if (one.stoppingFor().isEmpty()) {
            actions.add(new Stop(one.key(), reason));
        } else if (one.stoppingFor().get().compareTo(STOP_WITHIN) >= 0) {
            actions.add(new Kill(one.key(), reason));
        }
    }
}
