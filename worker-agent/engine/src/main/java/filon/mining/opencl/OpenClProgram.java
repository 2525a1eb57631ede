package filon.mining.opencl;

import static org.jocl.CL.*;

import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/** One compiled source. Closing it releases the program; its kernels are closed first. */
public final class OpenClProgram implements AutoCloseable {
    private static final int LOG_CHARACTERS_MAX = 4_000;
    /** Drivers keep files of their own while they compile; PoCL 3.1 loses some when two processes compile at a time. */
    private static final int ATTEMPTS_MAX = 3;

    private final OpenClContext owner;
    private final cl_program program;

    OpenClProgram(OpenClContext owner, String source, String options) {
        this.owner = owner;
        cl_program built = null;
        for (int attempt = 1; built == null; attempt++) {
            built = built(source, options, attempt);
        }
        program = built;
    }

    /** The program, or null where the build failed and is worth another attempt. */
    private cl_program built(String source, String options, int attempt) {
        int[] code = new int[1];
        cl_program candidate = clCreateProgramWithSource(
                owner.context(), 1, new String[] {source}, new long[] {source.length()}, code);
        OpenCl.check("clCreateProgramWithSource", "loading a kernel", code[0]);
        cl_device_id[] devices = {owner.device()};
        int result = clBuildProgram(candidate, 1, devices, options, null, null);
        if (result == CL_SUCCESS) {
            return candidate;
        }
        String log = buildLog(candidate);
        clReleaseProgram(candidate);
        if (attempt < ATTEMPTS_MAX) {
            return null;
        }
        throw new OpenClBuildException("clBuildProgram failed " + ATTEMPTS_MAX + " times on " + owner.deviceName()
                + " with options " + options + ": " + CL.stringFor_errorCode(result) + "\n" + log);
    }

    /** @throws OpenClException if the source has no kernel of that name */
    public OpenClKernel kernel(String name) {
        int[] code = new int[1];
        cl_kernel kernel = clCreateKernel(program, name, code);
        OpenCl.check("clCreateKernel", "finding kernel " + name, code[0]);
        return new OpenClKernel(owner, kernel, name);
    }

    private String buildLog(cl_program candidate) {
        String log = OpenCl.text((size, target, actual) ->
                clGetProgramBuildInfo(candidate, owner.device(), CL_PROGRAM_BUILD_LOG, size, target, actual));
        return log.length() <= LOG_CHARACTERS_MAX ? log : log.substring(0, LOG_CHARACTERS_MAX);
    }

    @Override
    public void close() {
        clReleaseProgram(program);
    }
}
