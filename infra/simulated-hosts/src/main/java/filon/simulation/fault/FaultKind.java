package filon.simulation.fault;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can go wrong on a simulated host; each by the name that is typed. */
public enum FaultKind {
    /** One GPU computes far below its nominal rate, for ever. */
    SLOW("slow"),
    /** One GPU finishes no batch for a while: its workload stalls, then ends. */
    HUNG("hung"),
    /** One GPU computes wrong answers, for ever: its workload ends while it is proved. */
    WRONG_HASHES("wrong-hashes"),
    /** One GPU is cooled badly for a while: it grows hot and slows down. */
    THERMAL_THROTTLE("thermal-throttle"),
    /** One GPU is not there any more: no list names it and no workload can use it. */
    LOST_GPU("lost-gpu"),
    /** The host's wall clock steps, forth or back, and stays so. */
    CLOCK_JUMP("clock-jump"),
    /** The host's disk takes nothing for a while. */
    DISK_FULL("disk-full"),
    /** The host can neither send nor receive for a while; what it does goes on. */
    SILENT("silent");

    private final String label;

    FaultKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether it is about one GPU of a host, not about the host. */
    public boolean isOfGpu() {
        return switch (this) {
            case SLOW, HUNG, WRONG_HASHES, THERMAL_THROTTLE, LOST_GPU -> true;
            case CLOCK_JUMP, DISK_FULL, SILENT -> false;
        };
    }

    /** @throws IllegalArgumentException if there is no such fault; the message lists those there are */
    public static FaultKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault " + label + " is not one of: " + labels()));
    }

    public static String labels() {
        return Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));
    }
}
