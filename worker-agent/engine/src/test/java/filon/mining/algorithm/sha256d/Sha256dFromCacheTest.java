package filon.mining.algorithm.sha256d;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.SearchTuning;
import filon.mining.command.MinerCommand;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.CachedPrograms;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.ProgramCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails, and is meant to, where there is no OpenCL platform. */
class Sha256dFromCacheTest {
    private final Device device = Devices.select(DeviceSelector.first());
    private final StringWriter out = new StringWriter();
    private final String usual = System.getProperty(ProgramCache.PROPERTY, "");

    @TempDir
    private Path temporary;

    private Path ours;

    @BeforeEach
    void keepProgramsApart() {
        ours = temporary.resolve("ours");
        System.setProperty(ProgramCache.PROPERTY, ours.toString());
    }

    @AfterEach
    void keepThemWhereTheyWere() {
        System.setProperty(ProgramCache.PROPERTY, usual);
    }

    private void build(Sha256d algorithm, Path directory) {
        SearchTuning tuning = algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax());
        ProgramCache cache = new ProgramCache(directory, ProgramCache.BYTES_MAX, InstantSource.system());
        try (OpenClContext context = Devices.open(device, cache)) {
            algorithm.searcher(context, tuning).close();
        }
    }

    private int verified() {
        PrintWriter writer = new PrintWriter(out, true);
        return MinerCommand.run(new String[] {"--verify", "sha256d", "--pairs", "16"}, writer, writer);
    }

    @Test
    void catchesABinaryThatComputesWrongAndCompilesTheNextTime() throws IOException {
        // Given
        String source = Sha256d.FOLDER.kernel("sha256d.cl");
        String wrong = source.replace("0x428a2f98", "0x428a2f99");
        assertThat(wrong).isNotEqualTo(source);
        Path theirs = temporary.resolve("theirs");
        build(new Sha256d(wrong), theirs);
        build(new Sha256d(), ours);
        CachedPrograms.replace(ours, theirs);

        // When
        int first = verified();
        int second = verified();

        // Then
        assertThat(first).as(out.toString()).isEqualTo(1);
        assertThat(second).as(out.toString()).isZero();
    }
}
