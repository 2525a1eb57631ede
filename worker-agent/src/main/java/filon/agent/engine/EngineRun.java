package filon.agent.engine;

import filon.mining.workload.ProcessRecord;
import java.util.Optional;

/** The engine at work: a process of its own, or what stands for one in a simulation. */
public interface EngineRun {
    /** By what it is found again, after a restart of the agent, too. */
    ProcessRecord record();

    boolean isAlive();

    /** Asks it to write its last record and to end; returns at once. */
    void askToEnd();

    /** Ends it without asking; returns at once. */
    void kill();

    /** Empty while it lives, and where only its parent learned the code. */
    Optional<Integer> exitCode();
}
