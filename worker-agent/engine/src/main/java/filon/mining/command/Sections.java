package filon.mining.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parts of a command line: what {@code --and} or {@code --with} separates. */
final class Sections {
    private Sections() {}

    /** One more than the separator is there. */
    static List<String[]> of(String[] arguments, String separator) {
        List<String[]> sections = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= arguments.length; i++) {
            if (i == arguments.length || arguments[i].equals(separator)) {
                sections.add(Arrays.copyOfRange(arguments, from, i));
                from = i + 1;
            }
        }
        return sections;
    }
}
