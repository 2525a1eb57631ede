package filon.mining.workload;

import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.mining.algorithm.DeviceWrongException;

/** How a workload process ends. */
public enum WorkloadExit {
    /** It was asked to end (SIGTERM). */
    ASKED(0),
    /** A fault of its own, or a disk that takes no more. */
    FAULT(1),
    /** The specification or the authorisation is missing or makes no sense. */
    SPECIFICATION(2),
    /** Another process serves the directory. */
    LOCKED(3),
    /** OpenCL or the device is absent, or failed. */
    DEVICE(4),
    /** The device computes wrong answers and must not mine. */
    DEVICE_WRONG(WorkloadExited.CODE_DEVICE_WRONG),
    /** The authorisation ended: the dead-man switch. */
    AUTHORISATION_EXPIRED(6);

    private final int code;

    WorkloadExit(int code) {
        this.code = code;
    }

    /** What a device that cannot be used any more ends its workload with. */
    static WorkloadExit of(RuntimeException failure) {
        return failure instanceof DeviceWrongException ? DEVICE_WRONG : DEVICE;
    }

    /** The exit code of the process. */
    public int code() {
        return code;
    }
}
