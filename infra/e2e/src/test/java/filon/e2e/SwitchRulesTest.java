package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What class files do not tell any more: read from the sources, with the compiler's own eyes. */
class SwitchRulesTest {
    private static final List<String> MODULES = List.of(
            "api/contracts",
            "api",
            "provisioning",
            "worker-agent/engine",
            "worker-agent",
            "billing",
            "infra/plumbing",
            "infra/testkit",
            "infra/local");

    @Test
    @DisplayName("no default in a switch over our own sealed types and enums")
    void noDefaultOverOurOwnTypes() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files =
                    Files.walk(RepositoryRoot.path().resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                        .forEach(sources::add);
            }
        }
        // without the word there is no switch; what the others name is found in class files
        sources.removeIf(file -> !textOf(file).contains("switch"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Findings findings = look(files.getJavaFileObjectsFromPaths(sources));

            assertThat(findings.switches()).as("switches over our own types").isGreaterThan(20);
            assertThat(findings.errors()).as("what the compiler could not see").isEmpty();
            assertThat(findings.violations()).isEmpty();
        }
    }

    @Test
    void aDefaultOverAnEnumOfOursIsFound() throws IOException {
        String source = """
                package filon.sample;
                enum Colour { RED, BLUE }
                class Sample {
                    int of(Colour colour) {
                        return switch (colour) { case RED -> 1; default -> 2; };
                    }
                }
                """;

        assertThat(look(List.of(new Source("Sample.java", source))).violations())
                .containsExactly("Sample.java: Colour");
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Findings(int switches, List<String> violations, List<String> errors) {}

    /** A source file that exists in memory only. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static Findings look(Iterable<? extends JavaFileObject> sources) throws IOException {
        List<String> options = List.of(
                "-proc:none",
                "-nowarn",
                "-XDshould-stop.ifError=ATTR",
                "-XDshould-stop.ifNoError=ATTR",
                "-d",
                target());
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task =
                (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, problems, options, null, sources);
        Iterable<? extends CompilationUnitTree> units = task.parse();
        task.analyze();
        Scanner scanner = new Scanner(Trees.instance(task));
        units.forEach(unit -> scanner.scan(unit, null));
        List<String> errors = problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        return new Findings(scanner.switches, scanner.violations, errors);
    }

    private static String target() {
        return RepositoryRoot.infra("e2e", "target").toString();
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final List<String> violations = new ArrayList<>();
        private int switches;

        Scanner(Trees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void nothing) {
            look(tree.getExpression(), tree.getCases());
            return super.visitSwitch(tree, nothing);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
            look(tree.getExpression(), tree.getCases());
            return super.visitSwitchExpression(tree, nothing);
        }

        private void look(ExpressionTree selector, List<? extends CaseTree> cases) {
            Element type = typeOf(selector);
            if (!(type instanceof TypeElement named) || !isOurs(named)) {
                return;
            }
            switches++;
            if (cases.stream()
                    .flatMap(one -> one.getLabels().stream())
                    .anyMatch(DefaultCaseLabelTree.class::isInstance)) {
                String file =
                        getCurrentPath().getCompilationUnit().getSourceFile().getName();
                violations.add(file.substring(file.lastIndexOf('/') + 1) + ": " + named.getSimpleName());
            }
        }

        private Element typeOf(ExpressionTree selector) {
            var type = trees.getTypeMirror(new TreePath(getCurrentPath(), selector));
            return type instanceof javax.lang.model.type.DeclaredType declared ? declared.asElement() : null;
        }

        private static boolean isOurs(TypeElement type) {
            boolean isClosed =
                    type.getKind() == ElementKind.ENUM || type.getModifiers().contains(Modifier.SEALED);
            return isClosed && type.getQualifiedName().toString().startsWith("filon.");
        }
    }
}
