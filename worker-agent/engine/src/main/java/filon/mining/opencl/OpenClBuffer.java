package filon.mining.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * 32-bit words on the device with a mirror on the host. Transfers are queued, not awaited: between a transfer's queueing
 * and its end the mirror belongs to the device.
 *
 * <p>Where the device is a CPU the mirror is the device's memory itself and nothing is transferred: a CPU would do so only between
 * kernels. OpenCL promises this for mapped memory only (specification 1.2, section 5.2.1, CL_MEM_USE_HOST_PTR); drivers of CPUs do it
 * always, and one that did not would fail the proof that each device has to pass before it earns.
 */
public final class OpenClBuffer implements AutoCloseable {
    private static final int PAGE_BYTES = 4_096;

    private final OpenClContext owner;
    private final int wordCount;
    private final boolean isShared;
    private final IntBuffer mirror;
    private final Pointer mirrorPointer;
    private final cl_mem memory;

    OpenClBuffer(OpenClContext owner, int wordCount) {
        this.owner = owner;
        this.wordCount = wordCount;
        isShared = owner.description().isCpu() && !owner.description().isGpu();
        ByteBuffer bytes = ByteBuffer.allocateDirect(wordCount * Integer.BYTES + 2 * PAGE_BYTES)
                .alignedSlice(PAGE_BYTES)
                .order(ByteOrder.nativeOrder());
        mirror = bytes.asIntBuffer();
        mirrorPointer = Pointer.to(bytes);
        owner.take(byteCount());
        int[] code = new int[1];
        memory = isShared
                ? clCreateBuffer(
                        owner.context(), CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR, byteCount(), mirrorPointer, code)
                : clCreateBuffer(owner.context(), CL_MEM_READ_WRITE, byteCount(), null, code);
        OpenCl.check("clCreateBuffer", "allocating " + byteCount() + " bytes on " + owner.deviceName(), code[0]);
    }

    /** The host's copy, one int per word. */
    public IntBuffer mirror() {
        return mirror;
    }

    /** Queues a copy of the mirror to the device. */
    public List<OpenClEvent> queueWrite() {
        return queueWrite(wordCount);
    }

    /** The same of the first words only; kernels may read them after the events, if there are any. */
    public List<OpenClEvent> queueWrite(int words) {
        if (isShared) {
            return List.of();
        }
        cl_event event = new cl_event();
        long writtenBytes = (long) words * Sizeof.cl_uint;
        OpenCl.check(
                "clEnqueueWriteBuffer",
                "writing " + writtenBytes + " bytes",
                clEnqueueWriteBuffer(owner.uploads(), memory, false, 0, writtenBytes, mirrorPointer, 0, null, event));
        return List.of(new OpenClEvent(event));
    }

    /** Queues a copy from the device to the mirror, after another event; its own ends when the mirror is readable. */
    public OpenClEvent queueReadAfter(OpenClEvent written) {
        if (isShared) {
            return written.shared();
        }
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
