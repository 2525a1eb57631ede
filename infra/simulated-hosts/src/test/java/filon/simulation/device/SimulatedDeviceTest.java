package filon.simulation.device;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Algorithm;
import filon.simulation.fault.Episode;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedDeviceTest {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final DeviceMake MAKE = DeviceMake.ofHost(1);
    private static final long NOMINAL = MAKE.nominal().get(Algorithm.SHA256D).hashesPerSecond();

    @Test
    void warmsUpUnderLoadAndKeepsItsRate() {
        // Given
        SimulatedDevice device = new SimulatedDevice(MAKE, 0, Fate.KIND);
        int idle = celsius(device);

        // When
        work(device, Duration.ZERO, LATER);

        // Then
        assertThat(celsius(device)).isGreaterThan(idle + 20);
        assertThat(rate(device, LATER)).isEqualTo(NOMINAL);
        assertThat(device.readings().powerMilliwatt()).hasValue(MAKE.powerWattMax() * 1_000L);
    }

    @Test
    void slowsDownWhileItIsCooledBadlyAndRecovers() {
        // Given
        SimulatedDevice device = device(FaultKind.THERMAL_THROTTLE, Duration.ZERO, LATER);

        // When
        work(device, Duration.ZERO, LATER);
        int hot = celsius(device);
        long slow = rate(device, LATER);
        work(device, LATER, LATER.multipliedBy(2));

        // Then
        assertThat(hot).isGreaterThan(90);
        assertThat(slow).isLessThan(NOMINAL * 2 / 3);
        assertThat(rate(device, LATER.multipliedBy(2))).isEqualTo(NOMINAL);
    }

    @Test
    void computesFarBelowItsNominalRateOnceItIsSlow() {
        // Given
        SimulatedDevice device = device(FaultKind.SLOW, STEP, LATER);

        // When, Then
        assertThat(rate(device, Duration.ZERO)).isEqualTo(NOMINAL);
        assertThat(rate(device, STEP)).isBetween(1L, NOMINAL / 3);
    }

    @Test
    void computesNothingWhileItHangs() {
        // Given
        SimulatedDevice device = device(FaultKind.HUNG, STEP, LATER);

        // When, Then
        assertThat(rate(device, STEP)).isZero();
        assertThat(rate(device, LATER)).isEqualTo(NOMINAL);
    }

    @Test
    void isNotThereOnceItIsLost() {
        // Given
        SimulatedDevice device = device(FaultKind.LOST_GPU, STEP, LATER);

        // When, Then
        assertThat(device.isPresent(Duration.ZERO)).isTrue();
        assertThat(device.isPresent(STEP)).isFalse();
        assertThat(rate(device, STEP)).isZero();
    }

    @Test
    void suffersNothingFromTheFaultOfItsNeighbour() {
        // Given
        Fate fate = new Fate(List.of(new Episode(FaultKind.LOST_GPU, Duration.ZERO, LATER, 3, 0.5)));

        // When
        SimulatedDevice neighbour = new SimulatedDevice(MAKE, 2, fate);

        // Then
        assertThat(neighbour.isPresent(STEP)).isTrue();
    }

    private static SimulatedDevice device(FaultKind kind, Duration from, Duration until) {
        return new SimulatedDevice(MAKE, 0, new Fate(List.of(new Episode(kind, from, until, 0, 0.5))));
    }

    private static void work(SimulatedDevice device, Duration from, Duration until) {
        for (Duration at = from; at.compareTo(until) < 0; at = at.plus(STEP)) {
            device.step(at, STEP, true);
        }
    }

    private static int celsius(SimulatedDevice device) {
        return device.readings().temperatureCelsius().orElseThrow();
    }

    private static long rate(SimulatedDevice device, Duration at) {
        return device.rate(Algorithm.SHA256D, at).hashesPerSecond();
    }
}
