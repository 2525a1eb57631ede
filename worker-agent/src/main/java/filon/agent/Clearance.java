package filon.agent;

import filon.agent.burnin.BurnInRecord;
import filon.agent.burnin.BurnIns;
import filon.agent.burnin.Surroundings;
import filon.agent.control.OrderBook;
import filon.agent.control.OrderState.StoppedLease;
import filon.agent.meter.UsageMeter;
import filon.agent.wipe.WipeRecord;
import filon.agent.wipe.Wipes;
import filon.agent.workload.Assignment;
import filon.agent.workload.WorkloadKey;
import filon.agent.workload.WorkloadView;
import filon.agent.workload.Workloads;
import filon.contracts.message.BurnInState;
import filon.contracts.value.GpuId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Clears away what a lease left once all of it is settled: its files first, then the memory of its GPUs. On the agent's one thread. */
record Clearance(OrderBook orders, Workloads workloads, UsageMeter meter, Wipes wipes) {
    /** @return the GPUs that are being wiped, or wait for it */
    Set<GpuId> round(Surroundings surroundings, BurnIns burnIns) throws IOException {
        Optional<BurnInRecord> passed = burnIns.newest().filter(burnIn -> burnIn.state() == BurnInState.PASSED);
        if (passed.isPresent()) {
            wipes.burntIn(passed.get().gpuIds(), passed.get().startedAt());
        }
        clearStopped();
        Set<GpuId> wanted = wipes.records().stream()
                .filter(this::isWipeDue)
                .map(WipeRecord::gpuId)
                .collect(Collectors.toSet());
        wipes.round(wanted, union(surroundings.working(), burnIns.gpus()), surroundings.devices());
        return union(wipes.gpus(), wanted);
    }

    /** Deletes what stopped leases left on the disk; of one that left nothing anywhere, that is known from now on. */
    private void clearStopped() throws IOException {
        Map<String, WorkloadView> known = workloads.viewsByKey();
        for (StoppedLease lease : orders.stopped()) {
            for (Assignment assignment : Assignment.of(lease.run())) {
                WorkloadView view = known.get(assignment.key().toString());
                boolean isOver = meter.isFinal(assignment.key().toString()) && (view == null || !view.isAlive());
                if (isOver) {
                    clear(assignment, Optional.ofNullable(view));
                }
            }
        }
    }

    private void clear(Assignment assignment, Optional<WorkloadView> view) throws IOException {
        boolean hasFiles = view.filter(one -> Files.exists(one.folder())).isPresent();
        boolean isKnown = wipes.of(assignment.key().gpuId())
                .filter(record -> record.leaseId().equals(assignment.key().leaseId()))
                .isPresent();
        if (hasFiles
                && !isKnown
                && !wipes.unwiped().containsKey(assignment.key().gpuId())) {
            wipes.owe(assignment); // begun by an agent that knew of no wipes
        } else if (!isKnown) {
            wipes.nothingRan(assignment);
        }
        if (hasFiles) {
            workloads.clear(assignment.key());
        }
    }

    /** Whether the lease is over and all of it settled, or another one waits for the GPU. */
    private boolean isWipeDue(WipeRecord record) {
        if (record.isOver()) {
            return false;
        }
        List<Assignment> running = running();
        WorkloadKey key = new WorkloadKey(record.leaseId(), record.gpuId());
        if (running.stream().anyMatch(assignment -> assignment.key().equals(key))) {
            return false;
        }
        WorkloadView view = workloads.viewsByKey().get(key.toString());
        boolean isCleared = view == null || !view.isAlive() && !Files.exists(view.folder());
        return isCleared
                || running.stream()
                        .anyMatch(assignment -> assignment.key().gpuId().equals(record.gpuId()));
    }

    private List<Assignment> running() {
        return orders.running().stream()
                .flatMap(run -> Assignment.of(run).stream())
                .toList();
    }

    static Set<GpuId> union(Set<GpuId> some, Set<GpuId> others) {
        Set<GpuId> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
