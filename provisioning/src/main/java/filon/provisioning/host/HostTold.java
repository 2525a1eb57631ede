package filon.provisioning.host;

import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetEvent.AgentStarted;
import filon.contracts.message.FleetEvent.OrderRefused;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetEvent.WorkloadStarted;

/** Puts an agent's events into words. */
final class HostTold {
    private HostTold() {}

    static HostEventLine line(FleetEvent event) {
        return switch (event) {
            case AgentStarted e ->
                new HostEventLine(
                        e.at(),
                        "AgentStarted",
                        "version " + e.agentVersion() + ", life " + e.incarnation() + ", took over " + e.reattached()
                                + " workloads");
            case OrderRefused e ->
                new HostEventLine(
                        e.at(),
                        "OrderRefused",
                        e.code() + ": " + e.reason() + " (slot " + e.slot() + ", generation " + e.generation()
                                + ", epoch " + e.epoch() + ", offset " + e.offset() + ")");
            case WorkloadStarted e ->
                new HostEventLine(
                        e.at(),
                        "WorkloadStarted",
                        "lease " + e.leaseId() + ", epoch " + e.epoch() + ", GPU " + e.gpuId() + ", process "
                                + e.pid());
            case WorkloadExited e ->
                new HostEventLine(
                        e.at(),
                        "WorkloadExited",
                        "lease " + e.leaseId() + ", epoch " + e.epoch() + ", GPU " + e.gpuId() + ", exit code "
                                + (e.exitCode() == null ? "unknown" : e.exitCode()) + ": " + e.reason()
                                + (e.restartInMillis() == null
                                        ? ""
                                        : ", starts again in " + e.restartInMillis() + " ms"));
        };
    }
}
