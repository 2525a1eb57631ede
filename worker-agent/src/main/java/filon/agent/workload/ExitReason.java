package filon.agent.workload;

import filon.mining.workload.WorkloadExit;
import java.util.Arrays;
import java.util.Optional;

/** Says in words how a workload process ended. */
final class ExitReason {
    private ExitReason() {}

    static String of(Optional<Integer> code) {
        if (code.isEmpty()) {
            return "ended; its exit code was for an earlier agent to see";
        }
        int value = code.get();
        if (value > 128) {
            return "killed by signal " + (value - 128);
        }
        return Arrays.stream(WorkloadExit.values())
                .filter(exit -> exit.code() == value)
                .findFirst()
                .map(ExitReason::words)
                .orElse("exit code " + value);
    }

    private static String words(WorkloadExit exit) {
        return switch (exit) {
            case ASKED -> "ended as asked";
            case FAULT -> "a fault of the workload, see its output.log";
            case SPECIFICATION -> "the workload refused its specification";
            case LOCKED -> "another process serves its folder";
            case DEVICE -> "OpenCL or the device is absent or failed";
            case DEVICE_WRONG -> "the device computes wrong answers";
            case AUTHORISATION_EXPIRED -> "its authorisation ended";
        };
    }
}
