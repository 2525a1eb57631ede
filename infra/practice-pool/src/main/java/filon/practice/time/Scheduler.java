package filon.practice.time;

import java.time.Duration;

/** Runs something later. */
@FunctionalInterface
public interface Scheduler {
    /** @param delay zero or less means as soon as what happens now is over */
    void after(Duration delay, Runnable task);
}
