package filon.provisioning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The moves that a diagram beside the source draws, each as {@code State -Event-> State}. */
public final class Diagram {
    private static final Pattern EDGE = Pattern.compile("\\s*(\\w+) --> (\\w+) : (\\w+)");

    private Diagram() {}

    public static TreeSet<String> movesOf(String file) throws IOException {
        TreeSet<String> drawn = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/main/java/filon/provisioning", file))) {
            Matcher edge = EDGE.matcher(line);
            if (edge.matches()) {
                drawn.add(move(edge.group(1), edge.group(3), edge.group(2)));
            }
        }
        return drawn;
    }

    public static String move(String from, String event, String to) {
        return from + " -" + event + "-> " + to;
    }
}
