package filon.mining.opencl;

import static org.jocl.CL.*;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;

/** The end of one queued command. Closing it before the end is allowed; the command goes on. */
public final class OpenClEvent implements AutoCloseable {
    private final cl_event event;

    OpenClEvent(cl_event event) {
        this.event = event;
    }

    cl_event event() {
        return event;
    }

    /** The same event once more, to be closed on its own. */
    OpenClEvent shared() {
        clRetainEvent(event);
        return new OpenClEvent(event);
    }

    /** Blocks until the command has ended. */
    public void await() {
        OpenCl.check("clWaitForEvents", "waiting for a batch", clWaitForEvents(1, new cl_event[] {event}));
    }

    /**
     * Blocks until the command has ended, looking now and then instead of waiting: some drivers spin a core while one waits in them, and
     * where the device is a CPU the woken thread takes the core from the next kernel's start.
     *
     * @param untilNextLookNanos asked before each wait; one that turns out too long can be cut short by unparking the thread
     */
    public void awaitLooking(LongSupplier untilNextLookNanos) {
        while (!hasEnded()) {
            LockSupport.parkNanos(this, Math.max(1, untilNextLookNanos.getAsLong()));
        }
    }

    private boolean hasEnded() {
        int[] status = new int[1];
        OpenCl.check(
                "clGetEventInfo",
                "looking whether a batch has ended",
                clGetEventInfo(event, CL_EVENT_COMMAND_EXECUTION_STATUS, Sizeof.cl_int, Pointer.to(status), null));
        if (status[0] < 0) {
            OpenCl.check("a batch", "running on the device", status[0]);
        }
        return status[0] == CL_COMPLETE;
    }

    /** How long the device worked on the ended command, by its own clock. */
    public long deviceNanos() {
        return time(CL_PROFILING_COMMAND_END) - time(CL_PROFILING_COMMAND_START);
    }

    /** How long the ended command was queued before the device began it, by the device's own clock. */
    public long waitedNanos() {
        return time(CL_PROFILING_COMMAND_START) - time(CL_PROFILING_COMMAND_QUEUED);
    }

    private long time(int which) {
        long[] nanos = new long[1];
        OpenCl.check(
                "clGetEventProfilingInfo",
                "timing a batch",
                clGetEventProfilingInfo(event, which, Long.BYTES, Pointer.to(nanos), null));
        return nanos[0];
    }

    @Override
    public void close() {
        clReleaseEvent(event);
    }
}
