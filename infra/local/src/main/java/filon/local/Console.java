package filon.local;

import java.io.PrintStream;
import java.util.List;

/**
 * The terminal: prefixed log lines scroll by, the live table stays below them. Without a terminal there are no colours and
 * no redrawing.
 */
public final class Console {
    private static final List<Integer> COLOURS = List.of(36, 33, 32, 35, 34, 96, 93, 92);
    private final PrintStream out;
    private final boolean terminal;
    private final boolean showLogs;
    private List<String> table = List.of();

    /** @param showLogs whether lines of services are shown; they are on disk in any case */
    public Console(PrintStream out, boolean terminal, boolean showLogs) {
        this.out = out;
        this.terminal = terminal;
        this.showLogs = showLogs;
    }

    /** A console that shows nothing, for tests. */
    public static Console silent() {
        return new Console(new PrintStream(PrintStream.nullOutputStream()), false, false);
    }

    boolean isTerminal() {
        return terminal;
    }

    synchronized void line(String part, String text) {
        if (!showLogs && !part.equals("up")) {
            return;
        }
        erase();
        out.println(prefix(part) + text);
        draw();
    }

    /** Lines without a prefix, for what the user shall read. */
    synchronized void say(String text) {
        erase();
        out.println(text);
        draw();
    }

    synchronized void show(List<String> lines) {
        erase();
        table = List.copyOf(lines);
        draw();
    }

    /** Leaves the table where it stands and goes on below it. */
    synchronized void keepTable() {
        table = List.of();
    }

    private String prefix(String part) {
        String padded = String.format("%-12s| ", part);
        return terminal
                ? "\u001b[" + COLOURS.get(Math.floorMod(part.hashCode(), COLOURS.size())) + "m" + padded + "\u001b[0m"
                : padded;
    }

    private void erase() {
        if (terminal && !table.isEmpty()) {
            // first to the left: a Ctrl-C leaves its echo on the line
            out.print("\r\u001b[" + table.size() + "A\u001b[0J");
        }
    }

    private void draw() {
        if (terminal) {
            table.forEach(out::println);
            out.flush();
        }
    }
}
