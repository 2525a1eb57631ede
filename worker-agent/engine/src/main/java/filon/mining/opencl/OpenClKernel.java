package filon.mining.opencl;

import static org.jocl.CL.*;

import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/** One entry point of a program, with its arguments. Belongs to the thread of its context. */
public final class OpenClKernel implements AutoCloseable {
    private final OpenClContext owner;
    private final cl_kernel kernel;
    private final String name;

    OpenClKernel(OpenClContext owner, cl_kernel kernel, String name) {
        this.owner = owner;
        this.kernel = kernel;
        this.name = name;
    }

    public void setBuffer(int index, OpenClBuffer buffer) {
        setMemory(index, buffer.memory());
    }

    public void setMemory(int index, OpenClMemory memory) {
        setMemory(index, memory.memory());
    }

    private void setMemory(int index, cl_mem memory) {
        OpenCl.check(
                "clSetKernelArg",
                "setting argument " + index + " of " + name,
                clSetKernelArg(kernel, index, Sizeof.cl_mem, Pointer.to(memory)));
    }

    public void setWord(int index, int value) {
        OpenCl.check(
                "clSetKernelArg",
                "setting argument " + index + " of " + name,
                clSetKernelArg(kernel, index, Sizeof.cl_uint, Pointer.to(new int[] {value})));
    }

    /** A 64-bit argument. */
    public void setLong(int index, long value) {
        OpenCl.check(
                "clSetKernelArg",
                "setting argument " + index + " of " + name,
                clSetKernelArg(kernel, index, Sizeof.cl_ulong, Pointer.to(new long[] {value})));
    }

    /** Queues one launch; the number of work-items must be a multiple of the group size. */
    public OpenClEvent launch(long workItems, int groupSize) {
        return launch(workItems, groupSize, null);
    }

    /** The same, after these events. */
    public OpenClEvent launchAfter(List<OpenClEvent> ready, long workItems, int groupSize) {
        cl_event[] after = ready.stream().map(OpenClEvent::event).toArray(cl_event[]::new);
        return launch(workItems, groupSize, after.length == 0 ? null : after);
    }

    private OpenClEvent launch(long workItems, int groupSize, cl_event[] after) {
        cl_event event = new cl_event();
        OpenCl.check(
                "clEnqueueNDRangeKernel",
                "launching " + workItems + " work-items of " + name,
                clEnqueueNDRangeKernel(
                        owner.queue(),
                        kernel,
                        1,
                        null,
                        new long[] {workItems},
                        new long[] {groupSize},
                        after == null ? 0 : after.length,
                        after,
                        event));
        return new OpenClEvent(event);
    }

    @Override
    public void close() {
        clReleaseKernel(kernel);
    }
}
