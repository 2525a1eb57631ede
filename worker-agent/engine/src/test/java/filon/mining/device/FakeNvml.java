package filon.mining.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import filon.contracts.value.DeviceKind;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * NVML whose functions are methods here, called through C's calling convention: the methods that begin with {@code nvml} are its symbols, with
 * the signatures of the NVML API Reference Guide. What is set is written down, and told to who listens.
 */
public final class FakeNvml implements SymbolLookup, AutoCloseable {
    private static final int SUCCESS = 0;
    private static final int ARGUMENT_BYTES_MAX = 16;
    private static final long EVENT_SET = 0x5e7;
    private static final Map<Integer, String> TEXTS = Map.of(
            NvmlException.INVALID_ARGUMENT,
            "Invalid Argument",
            NvmlException.NO_PERMISSION,
            "Insufficient Permissions",
            NvmlException.NOT_FOUND,
            "Not Found",
            NvmlException.FUNCTION_NOT_FOUND,
            "Function Not Found",
            15,
            "GPU is lost");

    public final List<String> changes = new CopyOnWriteArrayList<>();

    /** Faults that the driver has not told yet. */
    final Queue<Integer> xids = new ConcurrentLinkedQueue<>();

    private final Arena arena = Arena.ofShared();
    private final Map<String, MemorySegment> symbols = new HashMap<>();
    private final Map<Integer, MemorySegment> texts = new HashMap<>();
    private final Map<String, MemorySegment> handles = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Consumer<String> onChange;
    private int powerLimitMilliwatt = 300_500;

    public FakeNvml(Consumer<String> onChange, String... pciIds) {
        this.onChange = onChange;
        Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.getName().startsWith("nvml"))
                .forEach(method -> symbols.put(method.getName(), stub(method)));
        TEXTS.forEach((code, text) -> texts.put(code, arena.allocateFrom(text)));
        Arrays.stream(pciIds).forEach(pciId -> handles.put(pciId, arena.allocate(JAVA_LONG)));
    }

    FakeNvml(String... pciIds) {
        this(_ -> {}, pciIds);
    }

    @SuppressWarnings("restricted")
    private MemorySegment stub(Method method) {
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(this);
            MemoryLayout[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(FakeNvml::layout)
                    .toArray(MemoryLayout[]::new);
            FunctionDescriptor descriptor = FunctionDescriptor.of(layout(method.getReturnType()), arguments);
            return Linker.nativeLinker().upcallStub(handle, descriptor, arena);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MemoryLayout layout(Class<?> type) {
        if (type == long.class) {
            return JAVA_LONG;
        }
        return type == int.class
                ? JAVA_INT
                : ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(ARGUMENT_BYTES_MAX, JAVA_BYTE));
    }

    /** The named function gives this code from now on. */
    FakeNvml failing(String function, int code) {
        failures.put(function, code);
        return this;
    }

    /** The same, for one device. */
    FakeNvml failing(String function, String pciId, int code) {
        return failing(function + pciId, code);
    }

    /** A driver that does not know the function yet. */
    FakeNvml without(String function) {
        symbols.remove(function);
        return this;
    }

    Nvml opened() {
        return Nvml.open(this).orElseThrow();
    }

    /** What is held on this one's devices, restored when the process ends too. */
    public HeldLimits limitsUntilExit() {
        HeldLimits limits = new HeldLimits(() -> Nvml.open(this), onChange);
        limits.restoreOnExit();
        return limits;
    }

    public static Device device(int index, String pciId) {
        return new Device(
                index, "NVIDIA CUDA", "Made up", "NVIDIA", "1", DeviceKind.GPU, 1, 1, 1, 1, 1, Optional.of(pciId));
    }

    @Override
    public Optional<MemorySegment> find(String name) {
        return Optional.ofNullable(symbols.get(name));
    }

    @Override
    public void close() {
        arena.close();
    }

    int nvmlInit_v2() {
        return failures.getOrDefault("nvmlInit_v2", SUCCESS);
    }

    int nvmlShutdown() {
        return changed("shut down");
    }

    MemorySegment nvmlErrorString(int code) {
        return texts.getOrDefault(code, MemorySegment.NULL);
    }

    int nvmlDeviceGetHandleByPciBusId_v2(MemorySegment pciId, MemorySegment handle) {
        String text = pciId.getString(0);
        if (!handles.containsKey(text)) {
            return NvmlException.NOT_FOUND;
        }
        handle.set(ADDRESS, 0, handles.get(text));
        return failures.getOrDefault("nvmlDeviceGetHandleByPciBusId_v2", SUCCESS);
    }

    int nvmlDeviceGetTemperature(MemorySegment device, int sensor, MemorySegment celsius) {
        celsius.set(JAVA_INT, 0, 61);
        return sensor == 0 ? code("nvmlDeviceGetTemperature", device) : NvmlException.INVALID_ARGUMENT;
    }

    int nvmlDeviceGetPowerUsage(MemorySegment device, MemorySegment milliwatt) {
        milliwatt.set(JAVA_INT, 0, 217_345);
        return code("nvmlDeviceGetPowerUsage", device);
    }

    int nvmlDeviceGetFanSpeed(MemorySegment device, MemorySegment percent) {
        percent.set(JAVA_INT, 0, 72);
        return code("nvmlDeviceGetFanSpeed", device);
    }

    int nvmlDeviceGetClockInfo(MemorySegment device, int clock, MemorySegment megahertz) {
        megahertz.set(JAVA_INT, 0, clock == 0 ? 1_980 : 5_001);
        return clock == 0 || clock == 2 ? code("nvmlDeviceGetClockInfo", device) : NvmlException.INVALID_ARGUMENT;
    }

    int nvmlDeviceGetTotalEccErrors(MemorySegment device, int type, int counter, MemorySegment count) {
        count.set(JAVA_LONG, 0, type == 1 && counter == 0 ? 3 : 99);
        return code("nvmlDeviceGetTotalEccErrors", device);
    }

    int nvmlEventSetCreate(MemorySegment set) {
        set.set(ADDRESS, 0, MemorySegment.ofAddress(EVENT_SET));
        return failures.getOrDefault("nvmlEventSetCreate", SUCCESS);
    }

    int nvmlDeviceRegisterEvents(MemorySegment device, long types, MemorySegment set) {
        return types == 8 && set.address() == EVENT_SET
                ? code("nvmlDeviceRegisterEvents", device)
                : NvmlException.INVALID_ARGUMENT;
    }

    @SuppressWarnings("restricted") // an event has 32 bytes
    int nvmlEventSetWait_v2(MemorySegment set, MemorySegment event, int timeoutMillis) {
        Integer xid = xids.poll();
        if (xid == null || set.address() != EVENT_SET || timeoutMillis != 0) {
            return NvmlException.TIMEOUT;
        }
        event.reinterpret(32).set(JAVA_LONG, 16, xid);
        return SUCCESS;
    }

    int nvmlDeviceGetPowerManagementLimit(MemorySegment device, MemorySegment milliwatt) {
        milliwatt.set(JAVA_INT, 0, powerLimitMilliwatt);
        return code("nvmlDeviceGetPowerManagementLimit", device);
    }

    int nvmlDeviceGetPowerManagementLimitConstraints(MemorySegment device, MemorySegment least, MemorySegment most) {
        least.set(JAVA_INT, 0, 100_000);
        most.set(JAVA_INT, 0, 350_000);
        return code("nvmlDeviceGetPowerManagementLimitConstraints", device);
    }

    int nvmlDeviceSetPowerManagementLimit(MemorySegment device, int milliwatt) {
        int code = code("nvmlDeviceSetPowerManagementLimit", device);
        if (code == SUCCESS) {
            powerLimitMilliwatt = milliwatt;
        }
        return code == SUCCESS ? changed(pciId(device) + " power " + milliwatt) : code;
    }

    int nvmlDeviceSetGpuLockedClocks(MemorySegment device, int least, int most) {
        int code = code("nvmlDeviceSetGpuLockedClocks", device);
        return code == SUCCESS ? changed(pciId(device) + " clocks " + least + " to " + most) : code;
    }

    int nvmlDeviceResetGpuLockedClocks(MemorySegment device) {
        int code = code("nvmlDeviceResetGpuLockedClocks", device);
        return code == SUCCESS ? changed(pciId(device) + " clocks reset") : code;
    }

    private int changed(String what) {
        changes.add(what);
        onChange.accept(what);
        return SUCCESS;
    }

    private int code(String function, MemorySegment device) {
        String pciId = pciId(device);
        int usual = pciId.isEmpty() ? NvmlException.INVALID_ARGUMENT : SUCCESS;
        return failures.getOrDefault(function, failures.getOrDefault(function + pciId, usual));
    }

    private String pciId(MemorySegment device) {
        return handles.entrySet().stream()
                .filter(entry -> entry.getValue().address() == device.address())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
