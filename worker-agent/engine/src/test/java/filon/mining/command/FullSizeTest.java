package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole tables of height 0, a gigabyte each: with the profile {@code heavy} only. */
@Tag("heavy")
class FullSizeTest {
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"ethash", "kawpow"})
    void agreesWithTheReferenceOnAWholeDataset(String algorithm) {
        String[] arguments = {"--verify", algorithm, "--full-size", "--pairs", "2000"};

        int code = MinerCommand.run(arguments, new PrintWriter(out, true), new PrintWriter(out, true));

        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString()).contains("of full size", algorithm + ": verified");
    }
}
