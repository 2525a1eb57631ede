package filon.mining.opencl;

import static org.jocl.CL.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The OpenCL of this machine: its platforms and their devices, in the order the ICD loader gives them. */
public final class OpenCl {
    private static final int PLATFORM_NOT_FOUND_KHR = -1001;
    private static final String INSTALL =
            " Install an ICD loader and a driver (Debian: ocl-icd-libopencl1 with nvidia-opencl-icd, mesa-opencl-icd,"
                    + " intel-opencl-icd, or pocl-opencl-icd for the CPU).";

    private OpenCl() {}

    /**
     * All devices of all platforms; never empty.
     *
     * @throws OpenClException if there is no ICD loader, no platform or no device; the message says what to install
     */
    public static List<OpenClDevice> devices() {
        List<OpenClDevice> devices = new ArrayList<>();
        for (cl_platform_id platform : platforms()) {
            devices.addAll(devicesOf(platform));
        }
        if (devices.isEmpty()) {
            throw new OpenClException("OpenCL has a platform but no device." + INSTALL);
        }
        return List.copyOf(devices);
    }

    private static List<cl_platform_id> platforms() {
        try {
            CL.setExceptionsEnabled(false);
            int[] count = new int[1];
            int code = clGetPlatformIDs(0, null, count);
            if (code == PLATFORM_NOT_FOUND_KHR || (code == CL_SUCCESS && count[0] == 0)) {
                throw new OpenClException("OpenCL has no platform." + INSTALL);
            }
            check("clGetPlatformIDs", "listing the platforms", code);
            cl_platform_id[] platforms = new cl_platform_id[count[0]];
            check("clGetPlatformIDs", "listing the platforms", clGetPlatformIDs(count[0], platforms, null));
            return List.of(platforms);
        } catch (LinkageError | UnsupportedOperationException missing) {
            throw new OpenClException("OpenCL cannot be loaded (libOpenCL.so.1)." + INSTALL, missing);
        }
    }

    private static List<OpenClDevice> devicesOf(cl_platform_id platform) {
        int[] count = new int[1];
        int code = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
        if (code == CL_DEVICE_NOT_FOUND) {
            return List.of();
        }
        check("clGetDeviceIDs", "listing the devices", code);
        cl_device_id[] ids = new cl_device_id[count[0]];
        check(
                "clGetDeviceIDs",
                "listing the devices",
                clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, count[0], ids, null));
        String platformName =
                text((size, target, actual) -> clGetPlatformInfo(platform, CL_PLATFORM_NAME, size, target, actual));
        List<OpenClDevice> devices = new ArrayList<>();
        for (cl_device_id id : ids) {
            devices.add(new OpenClDevice(platform, platformName, id));
        }
        return devices;
    }

    /** One of OpenCL's information calls, with all but its three last arguments bound. */
    interface InformationCall {
        int read(long size, Pointer target, long[] actualSize);
    }

    static String text(InformationCall call) {
        long[] size = new long[1];
        check("an information call", "reading a text", call.read(0, null, size));
        byte[] bytes = new byte[Math.toIntExact(size[0])];
        check("an information call", "reading a text", call.read(size[0], Pointer.to(bytes), null));
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    /** @throws OpenClException unless the code is CL_SUCCESS */
    static void check(String call, String purpose, int code) {
        if (code != CL_SUCCESS) {
            throw new OpenClException(call + " failed while " + purpose + ": " + CL.stringFor_errorCode(code));
        }
    }
}
