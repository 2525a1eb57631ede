package filon.provisioning.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.Owner;
import filon.provisioning.Reasons;
import filon.provisioning.lease.LeaseState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadReasonTest {
    private static final List<LeaseState> LEASES =
            List.of(new LeaseState.Granted(), new LeaseState.Draining(), new LeaseState.Ended());

    @Test
    void everyStateForEveryReasonSaysOnWhoseSideItLiesAndWhatComesNext() {
        Reasons.everyStateIsHonest(
                WorkloadReason.values(),
                Arrays.stream(WorkloadState.values()).map(Enum::name).toList(),
                "RUNNING");
    }

    @Test
    void whatAHostSaysHasAReasonOfThatStateWhateverWasOrdered() {
        for (WorkloadState state : WorkloadState.values()) {
            for (LeaseState lease : LEASES) {
                assertThat(WorkloadReason.of(state, lease).belongsTo(state.name()))
                        .as(state + " of a lease that is " + lease)
                        .isTrue();
            }
        }
    }

    @Test
    void unknownIsNotStopped() {
        // When
        WorkloadReason unknown = WorkloadReason.of(WorkloadState.UNKNOWN, new LeaseState.Granted());
        WorkloadReason stopped = WorkloadReason.of(WorkloadState.STOPPED, new LeaseState.Granted());

        // Then
        assertThat(unknown.owner()).isEqualTo(Owner.NETWORK);
        assertThat(unknown.nextStep()).startsWith("it is not known to have stopped");
        assertThat(stopped.owner()).isEqualTo(Owner.PROVIDER);
    }
}
