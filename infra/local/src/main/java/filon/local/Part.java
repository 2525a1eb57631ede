package filon.local;

import java.io.IOException;

/** Something the supervisor keeps alive: a server, a service, the agent, the practice pool. */
public interface Part {
    /** The prefix of its log lines. */
    String name();

    /** Starts it and returns when it is ready; on what an earlier, even a killed one, left behind. */
    void start() throws IOException, InterruptedException;

    /** Asks it to stop and waits, with a bound. */
    void stop();

    /** SIGKILL. */
    void kill();

    boolean isAlive();

    /** The process's id; of a stopped one the last. */
    long pid();
}
