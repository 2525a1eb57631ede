package filon.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.mining.device.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceListingTest {
    private static final HostId HOST = HostId.of("11111111-2222-3333-4444-555555555555");

    @TempDir
    Path home;

    @Test
    void survivesADriverThatCrashes() {
        // Given
        DeviceListing crashing = new DeviceListing(List.of("/bin/sh", "-c", "kill -SEGV $$"));

        // When + Then
        assertThatThrownBy(crashing::devices).isInstanceOf(IOException.class).hasMessageContaining("139");
    }

    @Test
    void passesTheChildsLastWordsOn() {
        // Given
        DeviceListing failing = new DeviceListing(List.of("/bin/sh", "-c", "echo no OpenCL here >&2; exit 4"));

        // When + Then
        assertThatThrownBy(failing::devices).hasMessage("listing the devices ended with code 4: no OpenCL here");
    }

    @Test
    void refusesOutputThatIsNoDeviceList() {
        // Given
        DeviceListing odd = new DeviceListing(List.of("/bin/echo", "hello"));

        // When + Then
        assertThatThrownBy(odd::devices).isInstanceOf(IOException.class).hasMessageContaining("not understood");
    }

    @Test
    void givesADeviceTheSameIdWhateverItsIndexWhenItHasAPciId() {
        // Given
        Device before = device(0, "NVIDIA CUDA", "NVIDIA RTX", Optional.of("0000:01:00.0"));
        Device after = device(3, "NVIDIA CUDA", "NVIDIA RTX", Optional.of("0000:01:00.0"));

        // When
        List<String> ids = List.of(
                Inventory.idOf(HOST, before).value(),
                Inventory.idOf(HOST, after).value());

        // Then
        assertThat(ids).containsOnly(HOST + "-pci-0000-01-00.0");
    }

    @Test
    void makesAnIdOfPlatformNameAndIndexWithoutAPciId() {
        // Given
        Device longName = device(1, "Portable Computing Language", "cpu-" + "x".repeat(300), Optional.empty());

        // When
        String id = Inventory.idOf(HOST, longName).value();

        // Then
        assertThat(id)
                .startsWith(HOST + "-portable-computing-language-cpu-x")
                .endsWith("-1")
                .hasSizeLessThan(128);
    }

    @Test
    void remembersTheLastListOverARestart() throws IOException {
        // Given
        Inventory inventory = new Inventory(List.of(device(0, "p", "n", Optional.of("0000:01:00.0"))));

        // When
        inventory.store(home);

        // Then
        assertThat(Inventory.stored(home)).contains(inventory);
        assertThat(inventory.gpus(HOST)).extracting(Gpu::pciId).containsExactly("0000:01:00.0");
        assertThat(inventory.selectors(HOST)).hasSize(1);
    }

    private static Device device(int index, String platform, String name, Optional<String> pciId) {
        return new Device(
                index, platform, name, "vendor", "driver", DeviceKind.GPU, 1 << 30, 1 << 28, 8, 1, 256, pciId);
    }
}
