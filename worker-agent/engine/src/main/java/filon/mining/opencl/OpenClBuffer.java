package filon.mining.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * 32-bit words on the device with a mirror on the host. Transfers are queued, not awaited: between a transfer's queueing
 * and its end the mirror belongs to the device.
 */
public final class OpenClBuffer implements AutoCloseable {
    private final OpenClContext owner;
    private final int wordCount;
    private final IntBuffer mirror;
    private final Pointer mirrorPointer;
    private final cl_mem memory;

    OpenClBuffer(OpenClContext owner, int wordCount) {
        this.owner = owner;
        this.wordCount = wordCount;
        ByteBuffer bytes = ByteBuffer.allocateDirect(wordCount * Integer.BYTES).order(ByteOrder.nativeOrder());
        mirror = bytes.asIntBuffer();
        mirrorPointer = Pointer.to(bytes);
        owner.take(byteCount());
        int[] code = new int[1];
        memory = clCreateBuffer(owner.context(), CL_MEM_READ_WRITE, byteCount(), null, code);
        OpenCl.check("clCreateBuffer", "allocating " + byteCount() + " bytes on " + owner.deviceName(), code[0]);
    }

    /** The host's copy, one int per word. */
    public IntBuffer mirror() {
        return mirror;
    }

    /** Queues a copy of the mirror to the device; the event ends when kernels may read it, and all that was queued before. */
    public OpenClEvent queueWrite() {
        cl_event event = new cl_event();
        OpenCl.check(
                "clEnqueueWriteBuffer",
                "writing " + byteCount() + " bytes",
                clEnqueueWriteBuffer(owner.uploads(), memory, false, 0, byteCount(), mirrorPointer, 0, null, event));
        return new OpenClEvent(event);
    }

    /** Queues a copy from the device to the mirror, after another event; its own ends when the mirror is readable. */
    public OpenClEvent queueReadAfter(OpenClEvent written) {
        cl_event event = new cl_event();
        OpenCl.check(
                "clEnqueueReadBuffer",
                "reading " + byteCount() + " bytes",
                clEnqueueReadBuffer(
                        owner.downloads(),
                        memory,
                        false,
                        0,
                        byteCount(),
                        mirrorPointer,
                        1,
                        new cl_event[] {written.event()},
                        event));
        return new OpenClEvent(event);
    }

    cl_mem memory() {
        return memory;
    }

    private long byteCount() {
        return (long) wordCount * Sizeof.cl_uint;
    }

    @Override
    public void close() {
        clReleaseMemObject(memory);
        owner.giveBack(byteCount());
    }
}
