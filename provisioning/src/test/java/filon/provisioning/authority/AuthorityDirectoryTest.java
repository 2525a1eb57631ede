package filon.provisioning.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityDirectoryTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path parent;

    private Path directory() {
        return parent.resolve("authority");
    }

    @Test
    void makesEverythingOnceAndNothingTwice() throws IOException {
        // When
        List<String> first = AuthorityDirectory.complete(directory(), AuthorityDirectory.LOCAL_NAMES, CLOCK);
        Map<String, String> before = contents();
        List<String> second = AuthorityDirectory.complete(directory(), AuthorityDirectory.LOCAL_NAMES, CLOCK);
        Authority.open(directory(), CLOCK);

        // Then
        assertThat(first).hasSize(5);
        assertThat(second).isEmpty();
        assertThat(contents()).isEqualTo(before);
        assertThat(before)
                .containsOnlyKeys(
                        ".lock",
                        "broker.pem",
                        "ca.key",
                        "ca.pem",
                        "control-plane.key",
                        "control-plane.pub",
                        "provisioning.key",
                        "provisioning.pem",
                        "uplink.secret");
        assertThat(before.get("uplink.secret")).matches("[0-9a-f]{64}\n");
        assertThat(before.get("broker.pem")).matches("(?s)-----BEGIN PRIVATE KEY-----.*-----BEGIN CERTIFICATE-----.*");
    }

    @Test
    void keysAreForTheirOwnerAlone() throws IOException {
        // When
        AuthorityDirectory.complete(directory(), List.of(), CLOCK);

        // Then
        assertThat(permissions(directory())).isEqualTo("rwx------");
        for (String secret :
                List.of("ca.key", "broker.pem", "provisioning.key", "control-plane.key", "uplink.secret")) {
            assertThat(permissions(directory().resolve(secret))).as(secret).isEqualTo("rw-------");
        }
    }

    @Test
    void aNewNameRenewsServerCertificatesAndNothingElse() throws IOException {
        // Given
        AuthorityDirectory.complete(directory(), List.of("127.0.0.1"), CLOCK);
        Map<String, String> before = contents();

        // When
        List<String> made = AuthorityDirectory.complete(directory(), List.of("kafka.example.org"), CLOCK);

        // Then
        Map<String, String> after = contents();
        assertThat(made).hasSize(2);
        for (String kept : List.of("ca.pem", "ca.key", "control-plane.key", "control-plane.pub", "uplink.secret")) {
            assertThat(after.get(kept)).as(kept).isEqualTo(before.get(kept));
        }
        GeneralNames names = GeneralNames.fromExtensions(
                Pem.certificate(after.get("broker.pem")).getExtensions(), Extension.subjectAlternativeName);
        assertThat(names.getNames())
                .containsExactlyInAnyOrder(
                        CertificateAuthority.generalName("kafka.example.org"),
                        CertificateAuthority.generalName("127.0.0.1"));
    }

    @Test
    void renewsServerCertificatesBeforeTheyEnd() throws IOException {
        // Given
        AuthorityDirectory.complete(directory(), List.of(), CLOCK);

        // When
        Clock later = Clock.offset(CLOCK, CertificateAuthority.SERVER_LIFE.minus(Duration.ofDays(29)));
        List<String> made = AuthorityDirectory.complete(directory(), List.of(), later);

        // Then
        assertThat(made).hasSize(2);
    }

    @Test
    void goesOnWhereACrashStoppedIt() throws IOException {
        // Given
        AuthorityDirectory.complete(directory(), List.of(), CLOCK);
        Files.delete(directory().resolve("provisioning.pem"));
        Files.delete(directory().resolve("uplink.secret"));

        // When
        List<String> made = AuthorityDirectory.complete(directory(), List.of(), CLOCK);

        // Then
        assertThat(made).hasSize(2);
    }

    @Test
    void neverReplacesAKeyThatHostsRelyOn() throws IOException {
        // Given
        AuthorityDirectory.complete(directory(), List.of(), CLOCK);
        Files.delete(directory().resolve("ca.key"));

        // Then
        assertThatThrownBy(() -> AuthorityDirectory.complete(directory(), List.of(), CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ca.key");
    }

    @Test
    void theCommandSaysWhatIsWrongWithItsArguments() {
        assertThat(AuthorityMain.run(List.of("--directory", directory().toString(), "--name", "localhost")))
                .isZero();
        assertThat(AuthorityMain.run(List.of("--name", "localhost"))).isEqualTo(64);
        assertThat(AuthorityMain.run(List.of("--directory"))).isEqualTo(64);
        assertThat(AuthorityMain.run(List.of("--directory", "/proc/filon"))).isEqualTo(74);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
