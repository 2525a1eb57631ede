package filon.agent.workload;

import java.util.Optional;

/** Something that serves a workload's folder: a process, or what stands for one in a simulation. */
public interface LiveWorkload {
    /** Its process id, for people. */
    long pid();

    boolean isAlive();

    /** Asks it to write its last record and to end; returns at once. */
    void askToEnd();

    /** Ends it without asking; returns at once. */
    void kill();

    /** Empty while it lives, and where only its parent learned the code. */
    Optional<Integer> exitCode();
}
