package filon.mining.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.PoolAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentSharesTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("sent.jsonl");
    }

    private static ShareProof share(String header) {
        return new ShareProof(
                1, "j", header, "ff", "unanswered", 0, "ended", 0, PoolAddress.of("stratum+tcp://a.example:1"));
    }

    private List<String> left() throws IOException {
        try (SentShares successor = SentShares.open(file, List.of())) {
            return successor.open().stream().map(ShareProof::header).toList();
        }
    }

    @Test
    void writesOverWhatAFullDiskTookOfALine() throws IOException {
        try (SentShares shares = SentShares.open(file, List.of())) {
            shares.sending(share("aa"));
            Files.writeString(
                    file, "{\"sent\":{\"atNanos\":1,\"jobId\":\"" + "x".repeat(500), StandardOpenOption.APPEND);

            shares.sending(share("bb"));
        }

        assertThat(left()).containsExactly("aa", "bb");
    }

    @Test
    void keepsWhatIsOpenWhereTheFileCannotBeBegunAnew() throws IOException {
        try (SentShares shares = SentShares.open(file, List.of())) {
            shares.sending(share("aa"));
            shares.sending(share("bb"));
            Files.createDirectory(folder.resolve("sent.jsonl.new"));
            Files.createFile(folder.resolve("sent.jsonl.new").resolve("in-the-way"));
            shares.sending(share("c".repeat(SentShares.BYTES_MAX)));

            assertThatThrownBy(() -> shares.recorded(List.of(share("aa")))).isInstanceOf(IOException.class);
        }

        Files.delete(folder.resolve("sent.jsonl.new").resolve("in-the-way"));
        Files.delete(folder.resolve("sent.jsonl.new"));
        assertThat(left()).contains("bb");
    }
}
