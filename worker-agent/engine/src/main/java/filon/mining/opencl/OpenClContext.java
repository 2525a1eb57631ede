package filon.mining.opencl;

import static org.jocl.CL.*;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * One device, opened: a context and three in-order queues, for kernels, for what goes to the device, and for what comes back.
 * So a kernel does not wait for the transfers of the one before it. Belongs to one thread; closing it ends the queues, so its
 * programs and buffers are closed first.
 */
public final class OpenClContext implements AutoCloseable {
    /**
     * One context for each device, for the life of the process: JOCL 2.0.6 writes to memory it has freed when a context is
     * released (it erases the entry of a map and then clears that entry), which crashes a process once in a while.
     */
    private static final Map<cl_device_id, cl_context> CONTEXTS = new ConcurrentHashMap<>();

    private final cl_device_id device;
    private final OpenClDevice description;
    private final String deviceName;
    private final ProgramCache programs;
    private final cl_context context;
    private final cl_command_queue queue;
    private final cl_command_queue uploads;
    private final cl_command_queue downloads;
    private long takenBytes;

    OpenClContext(cl_platform_id platform, cl_device_id device, OpenClDevice description, ProgramCache programs) {
        this.device = device;
        this.description = description;
        this.deviceName = description.name();
        this.programs = programs;
        context = CONTEXTS.computeIfAbsent(device, id -> created(platform, id, deviceName));
        queue = newQueue();
        uploads = newQueue();
        downloads = newQueue();
    }

    private static cl_context created(cl_platform_id platform, cl_device_id device, String deviceName) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL_CONTEXT_PLATFORM, platform);
        int[] code = new int[1];
        cl_context created = clCreateContext(properties, 1, new cl_device_id[] {device}, null, null, code);
        OpenCl.check("clCreateContext", "opening " + deviceName, code[0]);
        return created;
    }

    @SuppressWarnings("deprecation") // clCreateCommandQueue is the call that OpenCL 1.2 drivers have too
    private cl_command_queue newQueue() {
        int[] code = new int[1];
        cl_command_queue created = clCreateCommandQueue(context, device, CL_QUEUE_PROFILING_ENABLE, code);
        OpenCl.check("clCreateCommandQueue", "opening " + deviceName, code[0]);
        return created;
    }

    /** What the device says of itself. */
    public OpenClDevice description() {
        return description;
    }

    public String deviceName() {
        return deviceName;
    }

    /**
     * Compiles a source for this device, or restores what was compiled before; the caller closes the program.
     *
     * @throws OpenClBuildException with the first lines of the compiler's log if the build fails
     */
    public OpenClProgram build(String source, String options) {
        return new OpenClProgram(this, programs, source, options);
    }

    /** The same of a source that is seldom needed again: it is compiled and not kept. */
    public OpenClProgram buildOnce(String source, String options) {
        return new OpenClProgram(this, ProgramCache.off(), source, options);
    }

    /** Where its programs are kept. */
    public ProgramCache programs() {
        return programs;
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

    /** What of the device's memory was taken here. */
    public long memoryBytesTaken() {
        return takenBytes;
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
        for (cl_command_queue each : List.of(uploads, queue, downloads)) {
            OpenCl.check("clFlush", "starting a queue of " + deviceName, clFlush(each));
        }
    }

    cl_device_id device() {
        return device;
    }

    cl_context context() {
        return context;
    }

    /** Where kernels run, and where memory without a mirror is written and read. */
    cl_command_queue queue() {
        return queue;
    }

    cl_command_queue uploads() {
        return uploads;
    }

    cl_command_queue downloads() {
        return downloads;
    }

    @Override
    public void close() {
        for (cl_command_queue each : List.of(uploads, queue, downloads)) {
            clFinish(each);
            clReleaseCommandQueue(each);
        }
    }
}
