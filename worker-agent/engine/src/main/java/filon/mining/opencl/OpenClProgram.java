package filon.mining.opencl;

import static org.jocl.CL.*;

import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/** One compiled source. Closing it releases the program; its kernels are closed first. */
public final class OpenClProgram implements AutoCloseable {
    private static final int LOG_CHARACTERS_MAX = 4_000;

    private final OpenClContext owner;
    private final cl_program program;

    OpenClProgram(OpenClContext owner, String source, String options) {
        this.owner = owner;
        int[] code = new int[1];
        program = clCreateProgramWithSource(
                owner.context(), 1, new String[] {source}, new long[] {source.length()}, code);
        OpenCl.check("clCreateProgramWithSource", "loading a kernel", code[0]);
        cl_device_id[] devices = {owner.device()};
        int built = clBuildProgram(program, 1, devices, options, null, null);
        if (built != CL_SUCCESS) {
            String log = buildLog();
            clReleaseProgram(program);
            throw new OpenClException("clBuildProgram failed on " + owner.deviceName() + " with options " + options
                    + ": " + CL.stringFor_errorCode(built) + "\n" + log);
        }
    }

    /** @throws OpenClException if the source has no kernel of that name */
    public OpenClKernel kernel(String name) {
        int[] code = new int[1];
        cl_kernel kernel = clCreateKernel(program, name, code);
        OpenCl.check("clCreateKernel", "finding kernel " + name, code[0]);
        return new OpenClKernel(owner, kernel, name);
    }

    private String buildLog() {
        String log = OpenCl.text((size, target, actual) ->
                clGetProgramBuildInfo(program, owner.device(), CL_PROGRAM_BUILD_LOG, size, target, actual));
        return log.length() <= LOG_CHARACTERS_MAX ? log : log.substring(0, LOG_CHARACTERS_MAX);
    }

    @Override
    public void close() {
        clReleaseProgram(program);
    }
}
