package filon.provisioning.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.WorkloadState;
import filon.provisioning.host.HostState.Move;
import filon.provisioning.workload.WorkloadStanding.Desired;
import filon.provisioning.workload.WorkloadStanding.Goal;
import filon.provisioning.workload.WorkloadStanding.Observed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WorkloadStandingTest {
    private static final long GENERATION = 7;

    @Test
    void everyCombinationHasOneMeaning() {
        // When
        TreeMap<String, TreeSet<String>> table = new TreeMap<>();
        for (Goal goal : Goal.values()) {
            for (WorkloadState state : states()) {
                for (long applied : List.of(GENERATION - 1, GENERATION)) {
                    for (boolean allocated : List.of(true, false)) {
                        WorkloadStanding standing = standing(goal, state, applied, allocated);
                        assertThat(standing.reason()).isNotBlank();
                        assertThat(standing.move()).isNotNull();
                        String row = allocated ? (applied < GENERATION ? "late" : goal.name()) : "not its GPU";
                        table.computeIfAbsent(row, none -> new TreeSet<>())
                                .add((state == null ? "-" : state) + " " + standing.label());
                    }
                }
            }
        }

        // Then
        assertThat(table.get("RUN"))
                .containsExactlyInAnyOrder(
                        "- Starting",
                        "PENDING Starting",
                        "PREPARING Starting",
                        "CONNECTING Starting",
                        "RUNNING Running",
                        "FAILED Troubled",
                        "RESTARTING Troubled",
                        "NO_POOL Troubled",
                        "STOPPING Troubled",
                        "STOPPED Troubled",
                        "UNKNOWN Unheard");
        assertThat(table.get("STOP")).contains("- Stopped", "STOPPED Stopped", "RUNNING Stopping", "FAILED Stopping");
        assertThat(table.get("NOTHING")).contains("- Idle", "STOPPED Idle", "RUNNING Stray");
        assertThat(table.get("not its GPU")).contains("- Idle", "STOPPED Idle", "RUNNING Stray", "STOPPING Stray");
        assertThat(table.get("late")).allMatch(meaning -> meaning.endsWith("Unheard"));
        assertThat(table.values()).allSatisfy(row -> assertThat(row).hasSize(states().size()));
    }

    @Test
    void whatTheHostSaysCountsOnlyOnceItHasAppliedTheOrder() {
        // When
        WorkloadStanding before = standing(Goal.STOP, WorkloadState.RUNNING, GENERATION - 1, true);
        WorkloadStanding after = standing(Goal.STOP, WorkloadState.RUNNING, GENERATION, true);

        // Then
        assertThat(before.reason()).isEqualTo("the host has applied order 6, this is order 7");
        assertThat(before.move()).isEqualTo(Move.HOST);
        assertThat(after).isEqualTo(new WorkloadStanding.Stopping("RUNNING: because"));
    }

    @Test
    void whatNobodyWantsIsForStaffToSee() {
        assertThat(standing(Goal.RUN, WorkloadState.RUNNING, GENERATION, false).move())
                .isEqualTo(Move.OPERATOR);
    }

    private static WorkloadStanding standing(Goal goal, WorkloadState state, long applied, boolean allocated) {
        return WorkloadStanding.of(new Desired(goal, GENERATION), new Observed(state, "because", applied), allocated);
    }

    private static List<WorkloadState> states() {
        List<WorkloadState> states = new ArrayList<>(Arrays.asList(WorkloadState.values()));
        states.add(null);
        return states;
    }
}
