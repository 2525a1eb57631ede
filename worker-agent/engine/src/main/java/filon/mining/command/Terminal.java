package filon.mining.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;

/**
 * Where a session prints: a terminal keeps a table in place below what scrolls, anything else gets lines.
 *
 * @param isLive whether a table can be kept in place
 * @param isColoured whether colours are wanted
 */
record Terminal(boolean isLive, boolean isColoured) {
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    /** @param isPlain whether lines are wanted even on a terminal */
    static Terminal of(MinerCommand.ColorWish wish, boolean isPlain) {
        Console console = System.console();
        boolean isTerminal = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        boolean isColoured =
                switch (wish) {
                    case always -> true;
                    case never -> false;
                    case auto -> isTerminal && System.getenv("NO_COLOR") == null;
                };
        return new Terminal(isTerminal && !isPlain, isColoured);
    }

    /** Takes so many lines back. */
    void erase(PrintWriter out, int lines) {
        out.print(UP_AND_CLEAR.repeat(lines));
    }

    void print(PrintWriter out, List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
