package filon.mining.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** One device as OpenCL describes it. Everything is read anew at each question; nothing is guessed. */
public final class OpenClDevice {
    private static final int PCI_BUS_INFO_KHR = 0x410F;
    private static final int PCI_BUS_ID_NV = 0x4008;
    private static final int PCI_SLOT_ID_NV = 0x4009;
    private static final int PCI_DOMAIN_ID_NV = 0x400A;
    private static final int TOPOLOGY_AMD = 0x4037;
    private static final int TOPOLOGY_AMD_BYTES = 24;
    private static final int TOPOLOGY_TYPE_PCIE_AMD = 1;

    private final cl_platform_id platform;
    private final String platformName;
    private final cl_device_id id;

    OpenClDevice(cl_platform_id platform, String platformName, cl_device_id id) {
        this.platform = platform;
        this.platformName = platformName;
        this.id = id;
    }

    /** A context on this device that keeps its programs there; the caller closes it. */
    public OpenClContext open(ProgramCache programs) {
        return new OpenClContext(platform, id, this, programs);
    }

    Compiler compiler() {
        String platformVersion = OpenCl.text(
                (size, target, actual) -> clGetPlatformInfo(platform, CL_PLATFORM_VERSION, size, target, actual));
        return new Compiler(platformName, platformVersion, name(), driver());
    }

    public String platformName() {
        return platformName;
    }

    public String name() {
        return text(CL_DEVICE_NAME);
    }

    public String vendor() {
        return text(CL_DEVICE_VENDOR);
    }

    public String driver() {
        return text(CL_DRIVER_VERSION);
    }

    public long memoryBytes() {
        return number(CL_DEVICE_GLOBAL_MEM_SIZE, Long.BYTES);
    }

    public long allocationBytesMax() {
        return number(CL_DEVICE_MAX_MEM_ALLOC_SIZE, Long.BYTES);
    }

    public int computeUnits() {
        return (int) number(CL_DEVICE_MAX_COMPUTE_UNITS, Integer.BYTES);
    }

    public int workGroupSizeMax() {
        return (int) number(CL_DEVICE_MAX_WORK_GROUP_SIZE, Long.BYTES);
    }

    /** How many 32-bit integers one instruction of the device handles: 1 on today's GPUs, 4 to 16 on CPUs. */
    public int integerVectorWidth() {
        return Math.max(1, (int) number(CL_DEVICE_NATIVE_VECTOR_WIDTH_INT, Integer.BYTES));
    }

    public boolean isGpu() {
        return (number(CL_DEVICE_TYPE, Long.BYTES) & CL_DEVICE_TYPE_GPU) != 0;
    }

    public boolean isCpu() {
        return (number(CL_DEVICE_TYPE, Long.BYTES) & CL_DEVICE_TYPE_CPU) != 0;
    }

    /** The place on the bus as {@code domain:bus:device.function}, by whichever extension the driver offers. */
    public Optional<String> pciId() {
        return khronosPciId().or(this::nvidiaPciId).or(this::amdPciId);
    }

    private Optional<String> khronosPciId() {
        return raw(PCI_BUS_INFO_KHR, 4 * Integer.BYTES)
                .map(b -> pciText(b.getInt(0), b.getInt(4), b.getInt(8), b.getInt(12)));
    }

    private Optional<String> nvidiaPciId() {
        Optional<ByteBuffer> bus = raw(PCI_BUS_ID_NV, Integer.BYTES);
        Optional<ByteBuffer> slot = raw(PCI_SLOT_ID_NV, Integer.BYTES);
        if (bus.isEmpty() || slot.isEmpty()) {
            return Optional.empty();
        }
        int domain = raw(PCI_DOMAIN_ID_NV, Integer.BYTES).map(b -> b.getInt(0)).orElse(0);
        int deviceAndFunction = slot.get().getInt(0);
        return Optional.of(pciText(domain, bus.get().getInt(0), deviceAndFunction >> 3, deviceAndFunction & 7));
    }

    private Optional<String> amdPciId() {
        return raw(TOPOLOGY_AMD, TOPOLOGY_AMD_BYTES)
                .filter(b -> b.getInt(0) == TOPOLOGY_TYPE_PCIE_AMD)
                .map(b -> pciText(0, b.get(21) & 0xff, b.get(22) & 0xff, b.get(23) & 0xff));
    }

    private static String pciText(int domain, int bus, int device, int function) {
        return String.format(Locale.ROOT, "%04x:%02x:%02x.%x", domain, bus, device, function);
    }

    private String text(int what) {
        return OpenCl.text((size, target, actual) -> clGetDeviceInfo(id, what, size, target, actual));
    }

    private long number(int what, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        OpenCl.check(
                "clGetDeviceInfo",
                "reading 0x" + Integer.toHexString(what),
                clGetDeviceInfo(id, what, bytes, Pointer.to(buffer), null));
        return bytes == Integer.BYTES ? buffer.getInt(0) & 0xffff_ffffL : buffer.getLong(0);
    }

    private Optional<ByteBuffer> raw(int what, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        int code = clGetDeviceInfo(id, what, bytes, Pointer.to(buffer), null);
        return code == CL_SUCCESS ? Optional.of(buffer) : Optional.empty();
    }
}
