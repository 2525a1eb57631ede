package filon.agent.inventory;

import filon.agent.disk.DurableFile;
import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The OpenCL devices of this host, as last listed.
 *
 * <p>Ids are made of the host's id and the PCI id, else of platform, name and index: they outlive restarts.
 */
public record Inventory(List<Device> devices) {
    private static final int NAME_LENGTH_MAX = 72;

    public Inventory {
        devices = List.copyOf(devices);
    }

    /** What the last life of the agent saw; empty before the first listing. */
    public static Optional<Inventory> stored(Path agentHome) throws IOException {
        Optional<byte[]> stored = file(agentHome).read();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageCodec.parse(stored.get(), Inventory.class));
        } catch (UnusableMessageException e) {
            return Optional.empty(); // made again by the next listing
        }
    }

    public void store(Path agentHome) throws IOException {
        file(agentHome).replace(MessageCodec.json(this).getBytes(StandardCharsets.UTF_8));
    }

    /** For the enrolment request: everything but the ids, which need the host's. */
    public List<Gpu> gpusWithoutIds() {
        return devices.stream().map(device -> gpu(null, device)).toList();
    }

    public List<Gpu> gpus(HostId host) {
        return devices.stream().map(device -> gpu(idOf(host, device), device)).toList();
    }

    /** How the engine finds each GPU again. */
    public Map<GpuId, DeviceSelector> selectors(HostId host) {
        return devices.stream()
                .collect(Collectors.toMap(
                        device -> idOf(host, device),
                        DeviceSelector::of,
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    static GpuId idOf(HostId host, Device device) {
        String own = device.pciId()
                .map(pci -> "pci-" + pci)
                .orElseGet(() -> shortened(device.platform() + "-" + device.name()) + "-" + device.index());
        return GpuId.of(host + "-" + plain(own));
    }

    private static Gpu gpu(GpuId id, Device device) {
        return new Gpu(
                id,
                device.name(),
                device.vendor(),
                device.platform(),
                device.driver(),
                device.kind(),
                device.memoryBytes(),
                device.computeUnits(),
                device.pciId().orElse(null));
    }

    private static String shortened(String name) {
        String plain = plain(name);
        return plain.length() <= NAME_LENGTH_MAX ? plain : plain.substring(0, NAME_LENGTH_MAX);
    }

    /** Only what is safe in a path, in a URL and in a file name. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-+|-+$", "");
    }

    private static DurableFile file(Path agentHome) {
        return new DurableFile(agentHome.resolve("inventory.json"));
    }
}
