package filon.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sums the test reports of all modules and prints one closing line: {@code N passed, N failed, N skipped}.
 *
 * <p>Runs as a single source file, so it uses the JDK alone. Exit code 1 when nothing ran or anything failed; with
 * {@code --all} also when a module that has tests left no report, so that nothing can be missing in silence.
 */
public final class CountTestsMain {
    private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*>", Pattern.DOTALL);

    private CountTestsMain() {}

    public static void main(String[] arguments) throws IOException {
        int run = 0;
        int failed = 0;
        int skipped = 0;
        Path root = Path.of(arguments[0]);
        List<Path> silent = List.of(arguments).contains("--all") ? silentModules(root) : List.of();
        silent.forEach(module -> System.out.println("module " + root.relativize(module) + " has tests but ran none"));
        for (Path report : reports(root)) {
            Matcher suite = SUITE.matcher(Files.readString(report));
            if (suite.find()) {
                run += number(suite.group(), "tests");
                failed += number(suite.group(), "failures") + number(suite.group(), "errors");
                skipped += number(suite.group(), "skipped");
            }
        }
        System.out.println((run - failed - skipped) + " passed, " + failed + " failed, " + skipped + " skipped");
        System.exit(run == 0 || failed > 0 || !silent.isEmpty() ? 1 : 0);
    }

    private static List<Path> reports(Path root) throws IOException {
        List<Path> reports = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.getParent().endsWith(Path.of("target", "surefire-reports"))
                            && file.getFileName().toString().endsWith(".xml"))
                    .forEach(reports::add);
        }
        return reports;
    }

    private static List<Path> silentModules(Path root) throws IOException {
        List<Path> silent = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path tests : files.filter(path -> path.endsWith(Path.of("src", "test", "java")))
                    .toList()) {
                Path module = tests.getParent().getParent().getParent();
                Path reports = module.resolve(Path.of("target", "surefire-reports"));
                if (Files.notExists(reports) || reports(reports).isEmpty()) {
                    silent.add(module);
                }
            }
        }
        return silent;
    }

    private static int number(String suite, String attribute) {
        Matcher matcher = Pattern.compile("\\b" + attribute + "=\"(\\d+)\"").matcher(suite);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
