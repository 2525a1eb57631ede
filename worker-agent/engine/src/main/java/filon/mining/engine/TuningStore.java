package filon.mining.engine;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.device.Device;
import filon.mining.home.UserPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tunings that were found on this machine. A file that cannot be read, an entry for another driver or kernel, a tuning that is no
 * candidate any more: each leads to the usual tuning, never to a failure.
 *
 * <p>Two processes that store at a time leave a whole file, with what the last of them wrote.
 */
public final class TuningStore {
    /** The system property that holds the file, or {@code off}. */
    public static final String PROPERTY = "filon.tuning";

    private static final String USUAL = "the usual one";

    private final Optional<TuningFile> file;

    private TuningStore(Optional<Path> path) {
        this.file = path.map(TuningFile::new);
    }

    /** In this file, which need not exist. */
    public static TuningStore in(Path file) {
        return new TuningStore(Optional.of(file));
    }

    /**
     * As the system property {@code filon.tuning} says: a file, or {@code off}. Without it {@code $XDG_CONFIG_HOME/filon/tuning.json}, or
     * {@code ~/.config/filon/tuning.json} where that is not set; without a home, off.
     */
    public static TuningStore configured() {
        return new TuningStore(path(UserPlace.configured(PROPERTY, "XDG_CONFIG_HOME")));
    }

    /** Nothing is a store that is off. */
    static Optional<Path> path(UserPlace place) {
        return place.path(".config", "filon/tuning.json");
    }

    /** What to start with on this device: the stored tuning, else the usual one. */
    public TuningChoice choice(Device device, ProofOfWork algorithm) {
        SearchTuning usual = algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax());
        try {
            Optional<TuningFile.Entry> entry = entryOf(TuningKey.of(device, algorithm));
            if (entry.isEmpty()) {
                return new TuningChoice(usual, USUAL);
            }
            SearchTuning stored = SearchTuning.of(entry.get().tuning());
            boolean isCandidate = algorithm
                    .tunings(device.integerVectorWidth(), device.workGroupSizeMax())
                    .contains(stored);
            return isCandidate
                    ? new TuningChoice(stored, "stored in " + place())
                    : new TuningChoice(usual, USUAL + ": the stored " + stored + " is no candidate any more");
        } catch (IOException | IllegalArgumentException e) {
            return new TuningChoice(usual, USUAL + ": " + place() + " is not used: " + e.getMessage());
        }
    }

    private Optional<TuningFile.Entry> entryOf(TuningKey key) throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return file.get().read().stream().filter(each -> each.key().equals(key)).findFirst();
    }

    private String place() {
        return file.map(where -> where.path().toString()).orElse(UserPlace.OFF);
    }

    public boolean isOff() {
        return file.isEmpty();
    }

    /**
     * Keeps what a search chose in place of what was kept for that key; if the usual one stays, nothing is kept, so that a better usual one
     * of a later version is used.
     *
     * @return in a few words, what became of it
     * @throws UncheckedIOException if the file cannot be written
     */
    public String keep(TuningKey key, TuningReport report) {
        if (file.isEmpty()) {
            return "not kept: -D" + PROPERTY + "=" + UserPlace.OFF;
        }
        Optional<List<TuningFile.Entry>> before = readable();
        List<TuningFile.Entry> entries = new ArrayList<>(before.orElse(List.of()));
        boolean isChanged = entries.removeIf(each -> each.key().equals(key)) || before.isEmpty();
        if (report.isConfirmed()) {
            entries.add(new TuningFile.Entry(key, report.chosen().toString(), report.gain()));
            isChanged = true;
        }
        if (isChanged) {
            write(entries);
        }
        return report.isConfirmed() ? "kept in " + place() : "nothing to keep";
    }

    /** Empty if the file is damaged: it is made anew. */
    private Optional<List<TuningFile.Entry>> readable() {
        try {
            return Optional.of(file.orElseThrow().read());
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private void write(List<TuningFile.Entry> entries) {
        try {
            file.orElseThrow().write(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(place() + " cannot be written: " + e.getMessage(), e);
        }
    }
}
