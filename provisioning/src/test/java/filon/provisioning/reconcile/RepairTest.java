package filon.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.lease.LeaseState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Repair.PATIENCE);
    private static final LeaseState GRANTED = new LeaseState.Granted();
    private static final LeaseState DRAINING = new LeaseState.Draining();
    private static final LeaseState ENDED = new LeaseState.Ended();

    private static LeaseOutlook outlook(LeaseState state, long applied, int behind) {
        return new LeaseOutlook(
                LeaseId.of(UUID.randomUUID()),
                HostId.of(UUID.randomUUID()),
                state,
                Connectivity.ONLINE,
                7,
                LONG_AGO,
                applied,
                behind,
                2);
    }

    private static Optional<String> why(LeaseOutlook outlook) {
        return Repair.of(outlook, NOW).map(Repair::why);
    }

    @Test
    void leavesALeaseAloneThatStandsAsItShould() {
        assertThat(why(outlook(GRANTED, 7, 0))).isEmpty();
        assertThat(why(outlook(GRANTED, 9, 0))).isEmpty();
        assertThat(why(outlook(DRAINING, 7, 2))).isEmpty();
    }

    @Test
    void ordersAgainWhatTheHostHasNotApplied() {
        assertThat(why(outlook(GRANTED, 6, 0))).contains("it has applied orders up to generation 6, the lease's is 7");
        assertThat(why(outlook(DRAINING, 6, 0))).contains("it has applied orders up to generation 6, the lease's is 7");
    }

    @Test
    void ordersAgainWhatTheHostAppliedAndYetDoesNotDo() {
        assertThat(why(outlook(GRANTED, 8, 1)))
                .contains("1 of the lease's 2 GPUs are not reported as working by its order of generation 7");
    }

    @Test
    void stopsAgainWhatRunsForALeaseThatHasEnded() {
        assertThat(why(outlook(ENDED, 7, 0))).contains("it still names a workload of the lease, which has ended");
    }

    @Test
    void givesAnOrderItsTime() {
        LeaseOutlook late = outlook(GRANTED, 6, 2);
        Instant justBefore = NOW.minusMillis(1);

        assertThat(Repair.of(late, justBefore)).isEmpty();
        assertThat(Repair.of(late, NOW)).isPresent();
    }

    @Test
    void asksNothingOfAHostThatCannotHearIt() {
        for (Connectivity silence : Connectivity.values()) {
            LeaseOutlook late = outlook(GRANTED, 6, 2);
            LeaseOutlook silent =
                    new LeaseOutlook(late.lease(), late.host(), GRANTED, silence, late.ordered(), LONG_AGO, 6, 2, 2);

            assertThat(Repair.of(silent, NOW).isPresent()).isEqualTo(silence == Connectivity.ONLINE);
        }
    }
}
