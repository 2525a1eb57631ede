package filon.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import filon.testkit.RepositoryRoot;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependency rules of the house, one sentence one test, over the class files of every module. */
class HouseRulesTest {
    private static final List<String> MODULES = List.of(
            "api/contracts",
            "api",
            "provisioning",
            "worker-agent/engine",
            "infra/practice-pool",
            "worker-agent",
            "billing",
            "infra/plumbing",
            "infra/testkit",
            "infra/simulated-hosts",
            "infra/local");
    private static final String[] SERVICES = {
        "filon.api..", "filon.provisioning..", "filon.billing..", "filon.agent..", "filon.mining.."
    };
    private static final String[] FEATURE_ROOTS = {
        "filon.api.*", "filon.provisioning.*", "filon.billing.*", "filon.agent", "filon.agent.*"
    };
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> RepositoryRoot.path().resolve(module).resolve("target/classes"))
                    .toArray(Path[]::new));

    /** Breaks rules on purpose: what proves that they can fail. */
    @SuppressWarnings("unused")
    static final class Offender {
        static Instant nap() throws InterruptedException {
            Thread.sleep(1);
            System.out.println(new org.jocl.cl_mem());
            return Instant.now();
        }
    }

    private static final JavaClasses OFFENDER = new ClassFileImporter().importClasses(Offender.class);

    @Test
    @DisplayName("every module is looked at")
    void everyModuleIsLookedAt() {
        assertThat(Stream.of(
                        "contracts",
                        "api",
                        "provisioning",
                        "mining",
                        "agent",
                        "billing",
                        "plumbing",
                        "practice",
                        "testkit",
                        "simulation",
                        "local"))
                .allSatisfy(module -> assertThat(HOUSE.that(resideInAPackage("filon." + module + "..")))
                        .hasSizeGreaterThan(10));
    }

    @Test
    @DisplayName("contracts import only java.* and Jackson annotations")
    void contractsImportOnlyJavaAndJacksonAnnotations() {
        classes()
                .that()
                .resideInAPackage("filon.contracts..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.fasterxml.jackson.annotation..", "filon.contracts..")
                .check(HOUSE);
    }

    @Test
    @DisplayName(
            "a feature root imports no io.quarkus, org.hibernate, jakarta.persistence, jakarta.ws.rs, org.apache.kafka, org.jocl")
    void aFeatureRootImportsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(FEATURE_ROOTS)
                .and()
                .resideOutsideOfPackages(Doors.PACKAGES)
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "jakarta.ws.rs..",
                        "org.apache.kafka..",
                        "org.jocl..")
                .check(HOUSE);
    }

    @Test
    @DisplayName("nobody imports a door from outside its feature")
    void nobodyImportsADoorFromOutsideItsFeature() {
        classes()
                .that()
                .resideInAnyPackage(SERVICES)
                .should(Doors.onlyBeEnteredThroughTheirOwnFeature())
                .check(HOUSE);
    }

    @Test
    @DisplayName("persistence types are package-private and live in store")
    void persistenceTypesArePackagePrivateAndLiveInStore() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .or()
                .areAnnotatedWith("jakarta.persistence.Embeddable")
                .should()
                .bePackagePrivate()
                .andShould()
                .resideInAPackage("..store")
                .check(HOUSE);
    }

    private static final ArchRule JOCL = noClasses()
            .that()
            .resideOutsideOfPackage("filon.mining.opencl..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jocl..");

    @Test
    @DisplayName("org.jocl is imported only in filon.mining.opencl")
    void joclIsImportedOnlyInOneDoor() {
        JOCL.check(HOUSE);
        assertCanFail(JOCL);
    }

    @Test
    @DisplayName("sockets only in doors")
    void socketsOnlyInDoors() {
        noClasses()
                .that()
                .resideInAnyPackage(SERVICES)
                .and()
                .resideOutsideOfPackages(Doors.PACKAGES)
                .should()
                .dependOnClassesThat(resideInAPackage("java.net.http..")
                        .or(resideInAnyPackage("java.net", "java.nio.channels", "javax.net.ssl")
                                .and(simpleNameEndingWith("Socket")
                                        .or(simpleNameEndingWith("SocketChannel"))
                                        .or(simpleNameEndingWith("SocketFactory")))))
                .check(HOUSE);
    }

    @Test
    @DisplayName("an algorithm folder never imports another algorithm")
    void anAlgorithmFolderNeverImportsAnother() {
        // dag is no algorithm, but the datasets that those of ethash's kind have in common
        slices().matching("filon.mining.algorithm.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage("filon.mining.algorithm.dag.."))
                .check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "provisioning", "billing", "agent"})
    @DisplayName("api, provisioning, billing and agent do not see each other")
    void servicesDoNotSeeEachOther(String service) {
        String[] others = Stream.of(
                        "api", "provisioning", "billing", "agent", "local", "testkit", "practice", "simulation")
                .filter(other -> !other.equals(service))
                .map(other -> "filon." + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("filon." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(HOUSE);
    }

    @Test
    @DisplayName("billing may use worker-agent/engine for the CPU reference hashes alone")
    void billingUsesTheReferenceHashesAlone() {
        noClasses()
                .that()
                .resideInAPackage("filon.billing..")
                .should()
                .dependOnClassesThat(resideInAPackage("filon.mining..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAPackage("filon.mining.algorithm.."))))
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAnyPackage("filon.api..", "filon.provisioning..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("filon.mining..")
                .check(HOUSE);
    }

    /** Proved by the vectors of others; a second one would be proved by nothing else. */
    private static final String ENCRYPTION = "filon.mining.pool.noise..";

    private static final String MESSAGES = "filon.mining.pool.stratum2.message..";

    private static final ArchRule JUDGE = noClasses()
            .that()
            .resideInAPackage("filon.practice..")
            .should()
            .dependOnClassesThat(resideInAPackage("filon..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(
                            resideInAnyPackage("filon.practice..", "filon.mining.algorithm..", ENCRYPTION, MESSAGES))));

    @Test
    @DisplayName(
            "the practice pool uses worker-agent/engine for the CPU reference hashes, the encryption and the messages of Stratum V2 alone, and the miner not the pool")
    void thePracticePoolSharesNothingWithTheClientThatItJudges() {
        JUDGE.check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("filon.mining..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("filon.practice..")
                .check(HOUSE);
    }

    private static final ArchRule WITHOUT_SOCKETS = noClasses()
            .that()
            .resideInAPackage("filon.practice.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net..", "java.util.concurrent..");

    @Test
    @DisplayName("what the practice pool says, and its faults, know no socket and no thread")
    void thePracticePoolsCoreKnowsNoSocketAndNoThread() {
        WITHOUT_SOCKETS.check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contracts",
                "api",
                "provisioning",
                "billing",
                "agent",
                "mining",
                "plumbing",
                "practice",
                "simulation",
                "testkit"
            })
    @DisplayName("features inside a module form no cycle")
    void featuresFormNoCycle(String module) {
        slices().matching("filon." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(HOUSE);
    }

    @Test
    @DisplayName("no class ends in Util, Utils, Helper, Manager, Impl, Dto, Mapper or Base")
    void noClassHasAnEmptyName() {
        assertThat(HOUSE.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(".*(Util|Utils|Helper|Manager|Impl|Dto|Mapper|Base)"));
    }

    private static final ArchRule NOW = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @Test
    @DisplayName("no Instant.now() without a Clock")
    void noTimeWithoutAClock() {
        NOW.check(HOUSE);
        assertCanFail(NOW);
    }

    private static final ArchRule SLEEP = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    @Test
    @DisplayName("no Thread.sleep")
    void noSleep() {
        SLEEP.check(HOUSE);
        assertCanFail(SLEEP);
    }

    private static final ArchRule PRINT = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .and()
            .haveSimpleNameNotEndingWith("Command")
            .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "belong to no command line", type -> !type.getName().matches(".*(Main|Command)\\$.*")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @Test
    @DisplayName("no System.out outside command lines")
    void noPrintingOutsideCommandLines() {
        PRINT.check(HOUSE);
        assertCanFail(PRINT);
    }

    private static void assertCanFail(ArchRule rule) {
        assertThatThrownBy(() -> rule.check(OFFENDER)).isInstanceOf(AssertionError.class);
    }
}
