package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import filon.mining.device.Device;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Devices as text or JSON. */
final class DeviceList {
    private static final double GIBIBYTE = 1L << 30;

    private DeviceList() {}

    static void print(PrintWriter out, List<Device> devices, boolean json) throws JsonProcessingException {
        if (json) {
            out.println(JsonMapper.builder().addModule(new Jdk8Module()).build().writeValueAsString(devices));
            return;
        }
        for (Device device : devices) {
            out.printf(
                    Locale.ROOT,
                    "%d  %s  %s%n   %s, driver %s, platform %s%n   %d compute units, %.2f GiB (largest allocation %.2f), PCI %s%n",
                    device.index(),
                    device.kind(),
                    device.name(),
                    device.vendor(),
                    device.driver(),
                    device.platform(),
                    device.computeUnits(),
                    device.memoryBytes() / GIBIBYTE,
                    device.allocationBytesMax() / GIBIBYTE,
                    device.pciId().orElse("not told"));
        }
    }
}
