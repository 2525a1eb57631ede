package filon.mining.opencl;

import static org.jocl.CL.*;

import org.jocl.Pointer;
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

    /** Blocks until the command has ended. */
    public void await() {
        OpenCl.check("clWaitForEvents", "waiting for a batch", clWaitForEvents(1, new cl_event[] {event}));
    }

    /** How long the device worked on the ended command, by its own clock. */
    public long deviceNanos() {
        return time(CL_PROFILING_COMMAND_END) - time(CL_PROFILING_COMMAND_START);
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
