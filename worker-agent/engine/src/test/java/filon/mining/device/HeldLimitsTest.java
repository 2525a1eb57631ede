package filon.mining.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldLimitsTest {
    private static final String PCI_ID = "0000:01:00.0";
    private static final String OTHER_PCI_ID = "0000:02:00.0";
    private static final int GPU_IS_LOST = 15;
    private static final Device DEVICE = FakeNvml.device(0, PCI_ID);
    private static final Device OTHER_DEVICE = FakeNvml.device(1, OTHER_PCI_ID);

    private final FakeNvml fake = new FakeNvml(PCI_ID, OTHER_PCI_ID);
    private final List<String> notRestored = new ArrayList<>();
    private final HeldLimits limits = new HeldLimits(() -> Nvml.open(fake), notRestored::add);

    @AfterEach
    void free() {
        limits.close();
        fake.close();
    }

    private static LimitOrder power(int watt) {
        return new LimitOrder(OptionalInt.of(watt), OptionalInt.empty());
    }

    private static LimitOrder powerAndClock(int watt, int megahertz) {
        return new LimitOrder(OptionalInt.of(watt), OptionalInt.of(megahertz));
    }

    @Test
    void changesNothingUnlessOrdered() {
        // When
        limits.hold(DEVICE, LimitOrder.NONE);
        limits.close();

        // Then
        assertThat(fake.changes).isEmpty();
    }

    @Test
    void setsPowerAndClockAndRestoresThemLastSetFirst() {
        // Given
        limits.hold(DEVICE, powerAndClock(250, 1_410));

        // When
        limits.close();

        // Then
        assertThat(fake.changes)
                .containsExactly(
                        "0000:01:00.0 power 250000",
                        "0000:01:00.0 clocks 1410 to 1410",
                        "0000:01:00.0 clocks reset",
                        "0000:01:00.0 power 300500");
        assertThat(notRestored).isEmpty();
    }

    @Test
    void restoresOnlyOnce() {
        // Given
        limits.hold(DEVICE, power(250));
        limits.close();

        // When
        limits.close();

        // Then
        assertThat(fake.changes).containsExactly("0000:01:00.0 power 250000", "0000:01:00.0 power 300500");
    }

    @Test
    void takesBothEndsOfWhatTheDeviceTakes() {
        // When
        limits.hold(DEVICE, power(100));
        limits.hold(DEVICE, power(350));

        // Then
        assertThat(fake.changes).containsExactly("0000:01:00.0 power 100000", "0000:01:00.0 power 350000");
    }

    @Test
    void refusesAPowerLimitThatTheDeviceDoesNotTakeAndNamesTheLimits() {
        // When
        assertThatThrownBy(() -> limits.hold(DEVICE, power(351)))
                // Then
                .isInstanceOf(LimitRefusedException.class)
                .hasMessage("power limit 351 W of device 0 (Made up) is not within 100 W to 350 W");
        assertThat(fake.changes).isEmpty();
    }

    @Test
    void saysThatRootIsNeededWherePermissionIsRefused() {
        // Given
        fake.failing("nvmlDeviceSetPowerManagementLimit", NvmlException.NO_PERMISSION);

        // When
        assertThatThrownBy(() -> limits.hold(DEVICE, power(250)))
                // Then
                .isInstanceOf(LimitRefusedException.class)
                .hasMessage("limits of device 0 (Made up) need root: nvmlDeviceSetPowerManagementLimit of "
                        + "0000:01:00.0: Insufficient Permissions (NVML error 4)");
    }

    @Test
    void restoresThePowerLimitWhenTheClockCannotBeLocked() {
        // Given
        fake.failing("nvmlDeviceSetGpuLockedClocks", NvmlException.INVALID_ARGUMENT);
        Throwable refused = catchThrowable(() -> limits.hold(DEVICE, powerAndClock(250, 9_999)));

        // When
        limits.close();

        // Then
        assertThat(refused).isInstanceOf(LimitRefusedException.class).hasMessageContaining("takes no such limit");
        assertThat(fake.changes).containsExactly("0000:01:00.0 power 250000", "0000:01:00.0 power 300500");
    }

    @Test
    void restoresTheFirstDeviceWhenTheSecondFails() {
        // Given
        fake.failing("nvmlDeviceSetPowerManagementLimit", OTHER_PCI_ID, GPU_IS_LOST);
        limits.hold(DEVICE, power(250));
        Throwable failed = catchThrowable(() -> limits.hold(OTHER_DEVICE, power(250)));

        // When
        limits.close();

        // Then
        assertThat(failed).isInstanceOf(NvmlException.class).hasMessageContaining(OTHER_PCI_ID + ": GPU is lost");
        assertThat(fake.changes).containsExactly("0000:01:00.0 power 250000", "0000:01:00.0 power 300500");
    }

    @Test
    void restoresTheRestWhenOneCannotBeRestoredAndSaysSo() {
        // Given
        limits.hold(DEVICE, powerAndClock(250, 1_410));
        fake.failing("nvmlDeviceResetGpuLockedClocks", GPU_IS_LOST);

        // When
        limits.close();

        // Then
        assertThat(fake.changes).endsWith("0000:01:00.0 power 300500");
        assertThat(notRestored)
                .containsExactly("unlocked clock of device 0 (Made up) is not restored: "
                        + "nvmlDeviceResetGpuLockedClocks of 0000:01:00.0: GPU is lost (NVML error 15)");
    }

    @Test
    void holdsNothingOnceRestored() {
        // Given
        limits.close();

        // When
        assertThatThrownBy(() -> limits.hold(DEVICE, power(250)))
                // Then
                .isInstanceOf(IllegalStateException.class);
        assertThat(fake.changes).isEmpty();
    }

    @Test
    void refusesADeviceThatNvmlDoesNotKnow() {
        // When
        assertThatThrownBy(() -> limits.hold(FakeNvml.device(2, "0000:09:00.0"), power(250)))
                // Then
                .isInstanceOf(LimitRefusedException.class)
                .hasMessageContaining("device 2 (Made up)")
                .hasMessageContaining("NVML does not know this one");
    }

    @Test
    void refusesWhereNvmlIsAbsent() {
        // Given
        HeldLimits withoutNvml = new HeldLimits(Optional::empty, notRestored::add);

        // When
        assertThatThrownBy(() -> withoutNvml.hold(DEVICE, power(250)))
                // Then
                .isInstanceOf(LimitRefusedException.class)
                .hasMessageContaining("device 0 (Made up): limits need NVIDIA's driver and its NVML");
    }
}
