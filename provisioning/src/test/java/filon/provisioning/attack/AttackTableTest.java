package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;

import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of attacks says nothing that no test shows. */
class AttackTableTest {
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+) \\| (.+) \\| (.+) \\| (.+) \\| `(\\w+\\.\\w+)` \\| `(\\w+\\.\\w+)` \\|");
    private static final int CASES_MIN = 30;

    private record Row(int number, String guard, String test, String canary) {}

    @Test
    void everyAttackHasANumberAndATestOfItsOwn() throws IOException {
        // When
        List<Row> rows = rows();

        // Then
        assertThat(rows).hasSizeGreaterThanOrEqualTo(CASES_MIN);
        assertThat(rows)
                .extracting(Row::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, rows.size()).boxed().toList());
        assertThat(rows).extracting(Row::test).doesNotHaveDuplicates();
    }

    @Test
    void everyGuardHasOneCanaryThatIsNoAttackOfItsOwnGuard() throws IOException {
        // When
        Map<String, String> canaries = new HashMap<>();
        List<Row> rows = rows();

        // Then
        for (Row row : rows) {
            assertThat(row.canary())
                    .as(row.guard())
                    .isEqualTo(canaries.computeIfAbsent(row.guard(), guard -> row.canary()))
                    .isNotEqualTo(row.test());
        }
        assertThat(canaries.values()).doesNotHaveDuplicates();
    }

    @Test
    void everyTestAndEveryCanaryIsThere() throws IOException {
        // Given
        Map<String, String> sources = testSources();

        // When
        List<String> missing = rows().stream()
                .flatMap(row -> Stream.of(row.test(), row.canary()))
                .distinct()
                .filter(name -> !isTest(sources, name))
                .toList();

        // Then
        assertThat(missing).isEmpty();
        assertThat(isTest(sources, "AttackTableTest.noSuchPromise")).isFalse();
        assertThat(isTest(sources, "AttackTableTest.rows")).isFalse();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(RepositoryRoot.path().resolve("provisioning/README.md"))) {
            Matcher cells = ROW.matcher(line);
            if (cells.matches()) {
                rows.add(new Row(Integer.parseInt(cells.group(1)), cells.group(4), cells.group(5), cells.group(6)));
            }
        }
        return rows;
    }

    /** A method that JUnit runs: its annotations, at most a few lines of them, begin with the one of a test. */
    private static boolean isTest(Map<String, String> sources, String name) {
        String[] parts = name.split("\\.");
        return Pattern.compile("@(Test|ParameterizedTest)\\n[^;]*?void " + parts[1] + "\\(")
                .matcher(sources.getOrDefault(parts[0], ""))
                .find();
    }

    /** By the simple name of the class; classes of one name count together. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("provisioning", "worker-agent", "infra/plumbing", "infra/testkit", "infra/e2e")) {
            try (Stream<Path> files = Files.walk(RepositoryRoot.path().resolve(module + "/src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> sources.merge(
                                file.getFileName().toString().replace(".java", ""), text(file), String::concat));
            }
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
