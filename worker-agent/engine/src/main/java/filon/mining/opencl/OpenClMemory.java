package filon.mining.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/** Memory of the device without a copy on the host. */
public final class OpenClMemory implements AutoCloseable {
    private final OpenClContext owner;
    private final long bytes;
    private final cl_mem memory;

    OpenClMemory(OpenClContext owner, long bytes) {
        this.owner = owner;
        this.bytes = bytes;
        owner.take(bytes);
        int[] code = new int[1];
        memory = clCreateBuffer(owner.context(), CL_MEM_READ_WRITE, bytes, null, code);
        if (code[0] != CL_SUCCESS) {
            owner.giveBack(bytes);
        }
        OpenCl.check("clCreateBuffer", "allocating " + bytes + " bytes on " + owner.deviceName(), code[0]);
    }

    public long bytes() {
        return bytes;
    }

    /** Copies to the device and waits for the end of it. */
    public void write(long offset, ByteBuffer data) {
        requireWithin(offset, data.remaining());
        OpenCl.check(
                "clEnqueueWriteBuffer",
                "writing " + data.remaining() + " bytes at " + offset,
                clEnqueueWriteBuffer(
                        owner.queue(), memory, true, offset, data.remaining(), Pointer.toBuffer(data), 0, null, null));
    }

    /** Copies from the device, after all that was queued before, and waits for the end of it. */
    public byte[] read(long offset, int length) {
        requireWithin(offset, length);
        byte[] data = new byte[length];
        OpenCl.check(
                "clEnqueueReadBuffer",
                "reading " + length + " bytes at " + offset,
                clEnqueueReadBuffer(owner.queue(), memory, true, offset, length, Pointer.to(data), 0, null, null));
        return data;
    }

    private void requireWithin(long offset, long length) {
        if (offset < 0 || length < 1 || offset > bytes - length) {
            throw new IllegalArgumentException(
                    length + " bytes at " + offset + " are not within the " + bytes + " of this memory");
        }
    }

    cl_mem memory() {
        return memory;
    }

    @Override
    public void close() {
        clReleaseMemObject(memory);
        owner.giveBack(bytes);
    }
}
