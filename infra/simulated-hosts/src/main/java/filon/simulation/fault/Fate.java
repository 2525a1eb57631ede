package filon.simulation.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All that goes wrong on one host, and when; known from the begin and never changed. */
public record Fate(List<Episode> episodes) {
    /** A host on which nothing goes wrong. */
    public static final Fate KIND = new Fate(List.of());

    public Fate {
        episodes = List.copyOf(episodes);
    }

    /** The episode of a fault of the whole host that is on at a moment. */
    public Optional<Episode> at(FaultKind kind, Duration moment) {
        return episodes.stream()
                .filter(episode -> episode.kind() == kind && episode.covers(moment))
                .findFirst();
    }

    /** The episode of a fault of one GPU that is on at a moment. */
    public Optional<Episode> at(FaultKind kind, int gpu, Duration moment) {
        return at(kind, moment).filter(episode -> episode.gpu() == gpu);
    }
}
