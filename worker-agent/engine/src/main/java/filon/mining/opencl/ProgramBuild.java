package filon.mining.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/** A source on its way to a program of the driver: restored from the cache, or compiled and kept there. */
record ProgramBuild(OpenClContext owner, ProgramCache cache, String source, String options) {
    private static final int LOG_CHARACTERS_MAX = 4_000;
    /** Drivers keep files of their own while they compile; PoCL 3.1 loses some when two processes compile at a time. */
    private static final int ATTEMPTS_MAX = 3;

    /** @throws OpenClBuildException with the first lines of the compiler's log if the source does not compile */
    cl_program program() {
        ProgramKey key = ProgramKey.of(owner.description().compiler(), source, options);
        return cache.restored(key, this::restored).orElseGet(() -> {
            cl_program compiled = compiled();
            cache.compiled(key, () -> binary(compiled));
            return compiled;
        });
    }

    /** Nothing where the driver refuses the binary. */
    private Optional<cl_program> restored(byte[] binary) {
        int[] status = new int[1];
        int[] code = new int[1];
        cl_program candidate = clCreateProgramWithBinary(
                owner.context(), 1, devices(), new long[] {binary.length}, new byte[][] {binary}, status, code);
        if (code[0] != CL_SUCCESS || candidate == null) {
            return Optional.empty();
        }
        if (status[0] == CL_SUCCESS && build(candidate) == CL_SUCCESS) {
            return Optional.of(candidate);
        }
        clReleaseProgram(candidate);
        return Optional.empty();
    }

    private cl_program compiled() {
        Optional<cl_program> compiled = Optional.empty();
        for (int attempt = 1; compiled.isEmpty(); attempt++) {
            compiled = compiled(attempt);
        }
        return compiled.get();
    }

    /** Nothing where the build failed and is worth another attempt. */
    private Optional<cl_program> compiled(int attempt) {
        int[] code = new int[1];
        cl_program candidate = clCreateProgramWithSource(
                owner.context(), 1, new String[] {source}, new long[] {source.length()}, code);
        OpenCl.check("clCreateProgramWithSource", "loading a kernel", code[0]);
        int result = build(candidate);
        if (result == CL_SUCCESS) {
            return Optional.of(candidate);
        }
        String log = log(candidate);
        clReleaseProgram(candidate);
        if (attempt < ATTEMPTS_MAX) {
            return Optional.empty();
        }
        throw new OpenClBuildException("clBuildProgram failed " + ATTEMPTS_MAX + " times on " + owner.deviceName()
                + " with options " + options + ": " + CL.stringFor_errorCode(result) + "\n" + log);
    }

    private int build(cl_program candidate) {
        return clBuildProgram(candidate, 1, devices(), options, null, null);
    }

    private String log(cl_program candidate) {
        String log = OpenCl.text((size, target, actual) ->
                clGetProgramBuildInfo(candidate, owner.device(), CL_PROGRAM_BUILD_LOG, size, target, actual));
        return log.length() <= LOG_CHARACTERS_MAX ? log : log.substring(0, LOG_CHARACTERS_MAX);
    }

    /** Through memory outside the heap: a driver may compile while it answers, and no collection must wait for it. */
    private static byte[] binary(cl_program program) {
        ByteBuffer size = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        OpenCl.check(
                "clGetProgramInfo",
                "asking for the size of a binary",
                clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null));
        long bytes = size.getLong(0);
        if (bytes < 1 || bytes > ProgramCache.PROGRAM_BYTES_MAX) {
            throw new OpenClException(
                    "a binary of " + bytes + " bytes is not within 1 to " + ProgramCache.PROGRAM_BYTES_MAX);
        }
        ByteBuffer binary = ByteBuffer.allocateDirect((int) bytes);
        OpenCl.check(
                "clGetProgramInfo",
                "reading a binary of " + bytes + " bytes",
                clGetProgramInfo(program, CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null));
        byte[] copy = new byte[(int) bytes];
        binary.get(copy);
        return copy;
    }

    private cl_device_id[] devices() {
        return new cl_device_id[] {owner.device()};
    }
}
