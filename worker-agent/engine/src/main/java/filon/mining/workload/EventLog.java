package filon.mining.workload;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** One line per event, with its time. Safe for any thread. */
record EventLog(PrintStream out, Clock clock) {
    void line(String text) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text);
    }
}
