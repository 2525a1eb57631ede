package filon.mining.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * NVIDIA's management library, initialised until it is closed; any thread may call it. It comes with NVIDIA's driver; without it, or
 * where it does not start, there is none.
 *
 * <p>Source: NVML API Reference Guide (docs.nvidia.com/deploy/nvml-api).
 */
final class Nvml implements AutoCloseable {
    private static final String LIBRARY = "libnvidia-ml.so.1";
    private static final int SUCCESS = 0;
    private static final long ERROR_TEXT_BYTES_MAX = 4096;
    private static final String NO_DEVICE = "the library";

    private final Map<NvmlFunction, MethodHandle> functions = new EnumMap<>(NvmlFunction.class);
    private final Optional<MethodHandle> errorString;

    private Nvml(SymbolLookup library) {
        for (NvmlFunction function : NvmlFunction.values()) {
            found(library, function.name(), function.descriptor()).ifPresent(handle -> functions.put(function, handle));
        }
        this.errorString = found(library, "nvmlErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    @SuppressWarnings("restricted") // the descriptors are those of the reference
    private static Optional<MethodHandle> found(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return library.find(name).map(address -> Linker.nativeLinker().downcallHandle(address, descriptor));
    }

    /** That of this machine; initialised once and left so until the process ends. */
    static Optional<Nvml> present() {
        return OfThisProcess.NVML;
    }

    private static final class OfThisProcess {
        private static final Optional<Nvml> NVML = library(LIBRARY).flatMap(Nvml::open);
    }

    /** A shared library by the name that the dynamic linker knows it by. */
    @SuppressWarnings("restricted") // loading runs the library's own initialisers; NVIDIA's has none of note
    static Optional<SymbolLookup> library(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    /** Empty where it does not start: no driver loaded, say, or one that the library does not fit. */
    static Optional<Nvml> open(SymbolLookup library) {
        Nvml nvml = new Nvml(library);
        try {
            nvml.call(NvmlFunction.nvmlInit_v2, NO_DEVICE);
            return Optional.of(nvml);
        } catch (NvmlException doesNotStart) {
            return Optional.empty();
        }
    }

    /**
     * The device at {@code domain:bus:device.function}; empty where NVML knows none there.
     *
     * @throws NvmlException if it is there and cannot be used
     */
    Optional<NvmlDevice> device(String pciId) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ADDRESS);
            call(NvmlFunction.nvmlDeviceGetHandleByPciBusId_v2, pciId, arena.allocateFrom(pciId), handle);
            return Optional.of(new NvmlDevice(this, pciId, handle.get(ADDRESS, 0)));
        } catch (NvmlException e) {
            if (e.code() == NvmlException.NOT_FOUND || e.code() == NvmlException.INVALID_ARGUMENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @throws NvmlException unless it succeeds; or if the driver is too old to know the function */
    void call(NvmlFunction function, String device, Object... arguments) {
        MethodHandle handle = functions.get(function);
        int code = handle == null ? NvmlException.FUNCTION_NOT_FOUND : (int) invoked(handle, arguments);
        if (code != SUCCESS) {
            throw new NvmlException(
                    function + " of " + device + ": " + text(code) + " (NVML error " + code + ")", code);
        }
    }

    @SuppressWarnings("restricted") // nvmlErrorString gives the address of a constant C string
    private String text(int code) {
        return errorString
                .map(handle -> (MemorySegment) invoked(handle, code))
                .filter(text -> text.address() != 0)
                .map(text -> text.reinterpret(ERROR_TEXT_BYTES_MAX).getString(0))
                .orElse("no text");
    }

    private static Object invoked(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling NVML", e);
        }
    }

    @Override
    public void close() {
        call(NvmlFunction.nvmlShutdown, NO_DEVICE);
    }
}
