package filon.mining.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.DeviceSensors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NvmlTest {
    private static final String PCI_ID = "0000:01:00.0";
    private static final int DRIVER_NOT_LOADED = 9;
    private static final int GPU_IS_LOST = 15;

    private final FakeNvml fake = new FakeNvml(PCI_ID);

    @AfterEach
    void free() {
        fake.close();
    }

    @Test
    void isAbsentWhereTheLibraryIs() {
        // When
        Optional<Nvml> nvml = Nvml.library("libfilon-absent.so.1").flatMap(Nvml::open);

        // Then
        assertThat(nvml).isEmpty();
    }

    @Test
    void isAbsentWhereTheDriverIsNotLoaded() {
        // Given
        fake.failing("nvmlInit_v2", DRIVER_NOT_LOADED);

        // When
        Optional<Nvml> nvml = Nvml.open(fake);

        // Then
        assertThat(nvml).isEmpty();
    }

    @Test
    void isAbsentWhereALibraryIsNotNvml() {
        // When
        Optional<Nvml> nvml = Nvml.open(_ -> Optional.empty());

        // Then
        assertThat(nvml).isEmpty();
    }

    @Test
    void readsTemperatureAndPower() {
        // Given
        Sensors sensors = NvmlSensors.of(fake.opened(), PCI_ID).orElseThrow();

        // When
        Readings readings = sensors.read();

        // Then
        assertThat(readings.temperatureCelsius()).hasValue(61);
        assertThat(readings.powerMilliwatt()).hasValue(217_345);
    }

    @Test
    void readsFanClocksAndUncorrectedErrors() {
        // Given
        Sensors sensors = NvmlSensors.of(fake.opened(), PCI_ID).orElseThrow();

        // When
        Readings readings = sensors.read();

        // Then
        assertThat(readings.sensors()).contains(new DeviceSensors(72, 1_980, 5_001, 3L, null));
    }

    @Test
    void remembersTheLastFaultThatTheDriverTold() {
        // Given
        Sensors sensors = NvmlSensors.of(fake.opened(), PCI_ID).orElseThrow();
        fake.xids.addAll(List.of(31, 79));

        // When
        Readings first = sensors.read();
        Readings second = sensors.read();

        // Then
        assertThat(first.sensors()).map(DeviceSensors::xid).contains(79);
        assertThat(second.sensors()).map(DeviceSensors::xid).contains(79);
    }

    @Test
    void hasWhatADriverOffersThatKnowsNoFansAndNoFaults() {
        // Given
        fake.without("nvmlDeviceGetFanSpeed").without("nvmlEventSetCreate").without("nvmlDeviceGetTotalEccErrors");
        Sensors sensors = NvmlSensors.of(fake.opened(), PCI_ID).orElseThrow();

        // When
        Readings readings = sensors.read();

        // Then
        assertThat(readings.sensors()).contains(new DeviceSensors(null, 1_980, 5_001, null, null));
    }

    @Test
    void leavesEmptyWhatCannotBeRead() {
        // Given
        fake.failing("nvmlDeviceGetPowerUsage", NvmlException.NOT_SUPPORTED);
        Sensors sensors = NvmlSensors.of(fake.opened(), PCI_ID).orElseThrow();

        // When
        Readings readings = sensors.read();

        // Then
        assertThat(readings.temperatureCelsius()).hasValue(61);
        assertThat(readings.powerMilliwatt()).isEmpty();
    }

    @Test
    void hasNoSensorsOfADeviceItDoesNotKnow() {
        // When
        Optional<Sensors> sensors = NvmlSensors.of(fake.opened(), "0000:09:00.0");

        // Then
        assertThat(sensors).isEmpty();
    }

    @Test
    void hasNoSensorsOfALostDevice() {
        // Given
        fake.failing("nvmlDeviceGetHandleByPciBusId_v2", GPU_IS_LOST);

        // When
        Optional<Sensors> sensors = NvmlSensors.of(fake.opened(), PCI_ID);

        // Then
        assertThat(sensors).isEmpty();
    }

    @Test
    void namesTheCallTheDeviceAndNvmlsOwnWords() {
        // Given
        fake.failing("nvmlDeviceGetPowerUsage", GPU_IS_LOST);
        NvmlDevice device = fake.opened().device(PCI_ID).orElseThrow();

        // When
        assertThatThrownBy(device::powerMilliwatt)
                // Then
                .isInstanceOf(NvmlException.class)
                .hasMessage("nvmlDeviceGetPowerUsage of 0000:01:00.0: GPU is lost (NVML error 15)");
    }

    @Test
    void saysSoWhereTheDriverHasNoSuchFunctionOrText() {
        // Given
        fake.without("nvmlDeviceResetGpuLockedClocks").without("nvmlErrorString");
        NvmlDevice device = fake.opened().device(PCI_ID).orElseThrow();

        // When
        assertThatThrownBy(device::resetClock)
                // Then
                .isInstanceOf(NvmlException.class)
                .hasMessage("nvmlDeviceResetGpuLockedClocks of 0000:01:00.0: no text (NVML error 13)");
    }

    @Test
    void shutsDownWhenClosed() {
        // When
        fake.opened().close();

        // Then
        assertThat(fake.changes).containsExactly("shut down");
    }
}
