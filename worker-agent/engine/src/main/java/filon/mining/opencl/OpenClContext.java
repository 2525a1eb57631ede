package filon.mining.opencl;

import static org.jocl.CL.*;

import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * One device, opened: a context and one in-order queue. Belongs to one thread; closing it releases both, so its programs and
 * buffers are closed first.
 */
public final class OpenClContext implements AutoCloseable {
    private final cl_device_id device;
    private final OpenClDevice description;
    private final String deviceName;
    private final cl_context context;
    private final cl_command_queue queue;
    private long takenBytes;

    @SuppressWarnings("deprecation") // clCreateCommandQueue is the call that OpenCL 1.2 drivers have too
    OpenClContext(cl_platform_id platform, cl_device_id device, OpenClDevice description) {
        this.device = device;
        this.description = description;
        this.deviceName = description.name();
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL_CONTEXT_PLATFORM, platform);
        int[] code = new int[1];
        context = clCreateContext(properties, 1, new cl_device_id[] {device}, null, null, code);
        OpenCl.check("clCreateContext", "opening " + deviceName, code[0]);
        queue = clCreateCommandQueue(context, device, CL_QUEUE_PROFILING_ENABLE, code);
        if (code[0] != CL_SUCCESS) {
            clReleaseContext(context);
        }
        OpenCl.check("clCreateCommandQueue", "opening " + deviceName, code[0]);
    }

    /** What the device says of itself. */
    public OpenClDevice description() {
        return description;
    }

    public String deviceName() {
        return deviceName;
    }

    /**
     * Compiles a source for this device; the caller closes the program.
     *
     * @throws OpenClException with the first lines of the compiler's log if the build fails
     */
    public OpenClProgram build(String source, String options) {
        return new OpenClProgram(this, source, options);
    }

    /** A buffer of that many 32-bit words, on the device and mirrored on the host; the caller closes it. */
    public OpenClBuffer words(int count) {
        return new OpenClBuffer(this, count);
    }

    /**
     * Memory that only kernels read and write; the caller closes it.
     *
     * @throws OutOfDeviceMemoryException if it exceeds what the device gives in one piece, or what is left of its memory
     */
    public OpenClMemory memory(long bytes) {
        return new OpenClMemory(this, bytes);
    }

    /** The most that one call of {@link #memory} can be granted now, by the device's own account. */
    public long memoryBytesFree() {
        return Math.min(description.allocationBytesMax(), memoryBytesLeft());
    }

    /** What is left of the device's memory, by its own account. */
    public long memoryBytesLeft() {
        return Math.max(0, description.memoryBytes() - takenBytes);
    }

    /** Accounts for memory before it is taken. */
    void take(long bytes) {
        if (bytes < 1 || bytes > memoryBytesFree()) {
            throw new OutOfDeviceMemoryException("memory of " + bytes + " bytes is not within 1 to " + memoryBytesFree()
                    + " on " + deviceName + ", which has " + description.memoryBytes() + ", gives at most "
                    + description.allocationBytesMax() + " in one piece, and of which " + takenBytes + " are taken");
        }
        takenBytes += bytes;
    }

    /** What was taken is free again. */
    void giveBack(long bytes) {
        takenBytes -= bytes;
    }

    /** Hands what was queued to the device without waiting for it. */
    public void flush() {
        OpenCl.check("clFlush", "starting the queue of " + deviceName, clFlush(queue));
    }

    cl_device_id device() {
        return device;
    }

    cl_context context() {
        return context;
    }

    cl_command_queue queue() {
        return queue;
    }

    @Override
    public void close() {
        clFinish(queue);
        clReleaseCommandQueue(queue);
        clReleaseContext(context);
    }
}
