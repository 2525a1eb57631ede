package filon.mining.opencl;

import static org.jocl.CL.*;

import org.jocl.cl_kernel;
import org.jocl.cl_program;

/** One source, compiled or restored from the cache. Closing it releases the program; its kernels are closed first. */
public final class OpenClProgram implements AutoCloseable {
    private final OpenClContext owner;
    private final cl_program program;

    OpenClProgram(OpenClContext owner, ProgramCache cache, String source, String options) {
        this.owner = owner;
        program = new ProgramBuild(owner, cache, source, options).program();
    }

    /** @throws OpenClException if the source has no kernel of that name */
    public OpenClKernel kernel(String name) {
        int[] code = new int[1];
        cl_kernel kernel = clCreateKernel(program, name, code);
        if (code[0] != CL_SUCCESS) {
            owner.programs().distrust();
        }
        OpenCl.check("clCreateKernel", "finding kernel " + name, code[0]);
        return new OpenClKernel(owner, kernel, name);
    }

    @Override
    public void close() {
        clReleaseProgram(program);
    }
}
