package filon.mining.algorithm.dag;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.SearchTuning;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the first device, with epochs of a few kibibytes. */
class DatasetsTest {
    private static final SearchTuning TUNING = new SearchTuning(8, 16, 1, "");
    private static final Epoch FIRST = new Epoch(0, 0, 16, 256, 256);
    private static final Epoch SECOND = new Epoch(1, 1, 16, 320, 256);
    private static final Epoch FAR = new Epoch(9, 9, 16, 288, 256);
    private static final long LATER = Duration.ofMinutes(6).toNanos();

    private OpenClContext context;
    private Datasets datasets;
    private long memoryBytesTaken;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
        memoryBytesTaken = context.memoryBytesTaken();
        datasets = new Datasets(
                context, new LightCaches(), DatasetForm.beside(TUNING, DatasetForm.text(), Long.MAX_VALUE));
        prepare(FIRST);
    }

    @AfterEach
    void closeIt() {
        datasets.close();
        assertThat(context.memoryBytesTaken()).isEqualTo(memoryBytesTaken);
        context.close();
    }

    private int prepare(Epoch epoch) {
        int steps = 1;
        while (!datasets.prepare(epoch).isReady()) {
            steps++;
        }
        return steps;
    }

    private void makeAhead(Epoch next) {
        datasets.prepareAhead(next, 0);
        long now = LATER;
        while (!datasets.isAheadFor(next)) {
            datasets.prepareAhead(next, now);
            now += Duration.ofSeconds(1).toNanos();
        }
    }

    @Test
    void hasTheNextEpochsDatasetWhenItsTurnComes() {
        // Given
        makeAhead(SECOND);

        // When
        int steps = prepare(SECOND);

        // Then
        assertThat(steps).isEqualTo(1);
        datasets.readyFor(SECOND).requireRight(0);
        datasets.readyFor(SECOND).requireRight(SECOND.datasetPages() - 1);
    }

    @Test
    void goesOnWithTheEpochInUseWhileTheNextIsMade() {
        makeAhead(SECOND);

        assertThat(datasets.prepare(FIRST).isReady()).isTrue();
        datasets.readyFor(FIRST).requireRight(17);
    }

    @Test
    void doesNothingAheadInTheFirstMinutes() {
        long memory = context.memoryBytesTaken();
        datasets.prepareAhead(SECOND, 0);

        for (long second = 1; second < 300; second++) {
            datasets.prepareAhead(SECOND, Duration.ofSeconds(second).toNanos());
        }

        assertThat(context.memoryBytesTaken()).isEqualTo(memory);
    }

    @Test
    void givesUpWhatWasMadeForAnEpochThatDoesNotCome() {
        // Given
        makeAhead(SECOND);

        // When
        prepare(FAR);

        // Then
        assertThat(datasets.isAheadFor(SECOND)).isFalse();
        datasets.readyFor(FAR).requireRight(3);
    }

    @Test
    void makesTheEpochThatIsAskedForLastWhereAPoolNamesOneAfterTheOther() {
        // Given
        for (int number = 2; number < 50; number++) {
            datasets.prepare(new Epoch(number, number, 16, 256, 256));
        }

        // When
        prepare(FAR);

        // Then
        datasets.readyFor(FAR).requireRight(3);
    }
}
