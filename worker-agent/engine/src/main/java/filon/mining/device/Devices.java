package filon.mining.device;

import filon.contracts.value.DeviceKind;
import filon.mining.opencl.OpenCl;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClDevice;
import filon.mining.opencl.ProgramCache;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The devices of this machine: list, select, open. */
public final class Devices {
    private Devices() {}

    /**
     * Every device of every OpenCL platform, in the order of {@link Device#index()}; never empty.
     *
     * @throws filon.mining.opencl.OpenClException if OpenCL is absent; the message says what to install
     */
    public static List<Device> present() {
        List<OpenClDevice> handles = OpenCl.devices();
        List<Device> devices = new ArrayList<>();
        for (int index = 0; index < handles.size(); index++) {
            devices.add(described(index, handles.get(index)));
        }
        return List.copyOf(devices);
    }

    /** @throws DeviceAbsentException if none fits; of several that fit, the first is meant */
    public static Device select(DeviceSelector selector) {
        List<Device> present = present();
        return present.stream()
                .filter(selector::fits)
                .findFirst()
                .orElseThrow(() -> new DeviceAbsentException("no device fits " + selector + "; present: "
                        + present.stream().map(d -> d.index() + " " + d.name()).collect(Collectors.joining(", "))));
    }

    /**
     * Opens the device for the calling thread, which closes it; its programs are kept as {@link ProgramCache#configured} says. Those of a
     * CPU are not unless asked for: PoCL keeps its own, and compiles once more when it is asked for a binary.
     */
    public static OpenClContext open(Device device) {
        return open(device, ProgramCache.configured(device.kind() != DeviceKind.CPU));
    }

    /** The same, with the programs kept elsewhere. */
    public static OpenClContext open(Device device, ProgramCache programs) {
        return OpenCl.devices().get(device.index()).open(programs);
    }

    private static Device described(int index, OpenClDevice handle) {
        return new Device(
                index,
                handle.platformName(),
                handle.name(),
                handle.vendor(),
                handle.driver(),
                handle.isGpu() ? DeviceKind.GPU : handle.isCpu() ? DeviceKind.CPU : DeviceKind.ACCELERATOR,
                handle.memoryBytes(),
                handle.allocationBytesMax(),
                handle.computeUnits(),
                handle.integerVectorWidth(),
                handle.workGroupSizeMax(),
                handle.pciId());
    }
}
