package filon.mining.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.opencl.OpenClException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkloadExitTest {
    @Test
    void aDeviceThatComputesWrongIsKnownByItsExitCode() {
        // When
        WorkloadExit wrong = WorkloadExit.of(new DeviceWrongException("the device finds 0 of 1 expected hits"));
        WorkloadExit absent = WorkloadExit.of(new OpenClException("the driver is gone"));

        // Then
        assertThat(told(wrong).foundDeviceWrong()).isTrue();
        assertThat(told(absent).foundDeviceWrong()).isFalse();
    }

    private static WorkloadExited told(WorkloadExit exit) {
        HostId host = HostId.of(new UUID(0, 1));
        return new WorkloadExited(
                host, Instant.EPOCH, LeaseId.of(new UUID(0, 2)), 1, GpuId.of(host + "-0"), exit.code(), "why", null);
    }
}
