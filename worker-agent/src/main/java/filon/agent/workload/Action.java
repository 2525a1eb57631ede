package filon.agent.workload;

import filon.contracts.message.WorkloadState;

/** One step from what is observed towards what is desired. */
public sealed interface Action {
    WorkloadKey key();

    /** Write the folder and start a process in it. */
    record Launch(Assignment assignment) implements Action {
        @Override
        public WorkloadKey key() {
            return assignment.key();
        }
    }

    /** Leave the process alone, but let it live until the newer order's end. */
    record Renew(Assignment assignment) implements Action {
        @Override
        public WorkloadKey key() {
            return assignment.key();
        }
    }

    /** Ask the process to end and to write its last record. */
    record Stop(WorkloadKey key, String reason) implements Action {}

    /** End a process that did not end by itself. */
    record Kill(WorkloadKey key, String reason) implements Action {}

    /** Nothing can be done now, and why. */
    record Hold(Assignment assignment, WorkloadState state, String reason) implements Action {
        @Override
        public WorkloadKey key() {
            return assignment.key();
        }
    }
}
