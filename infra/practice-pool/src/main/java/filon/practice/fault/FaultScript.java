package filon.practice.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes wrong when. Times count from the pool's start, lines are all that the pool said.
 *
 * <p>As a text: {@code silence@10s+5s,disconnect@30s,clean-storm@40s+2s:200,garbage@12lines}, each with a name, a start, and where wanted a
 * duration and a value.
 */
public record FaultScript(List<Planned> faults) {
    public static final FaultScript NONE = new FaultScript(List.of());
    private static final Pattern FAULT =
            Pattern.compile("(?<name>[a-z-]+)@(?<start>[0-9]+[a-z]+)(\\+(?<duration>[0-9]+[a-z]+))?(:(?<value>.+))?");
    private static final Pattern LINES = Pattern.compile("([0-9]{1,18})lines");
    private static final Duration RANDOM_LENGTH = Duration.ofHours(1);

    /** When a fault begins. */
    public sealed interface Start {
        /** So long after the pool's start. */
        record After(Duration time) implements Start {}

        /** With this line of the pool. */
        record AtLine(long line) implements Start {}
    }

    /**
     * @param duration zero: for ever, or as quickly as it goes for a fault that is done with at some time
     * @param text as it is typed
     */
    public record Planned(Fault fault, Start start, Duration duration, String text) {}

    public FaultScript {
        faults = List.copyOf(faults);
    }

    /** @throws IllegalArgumentException saying which fault is written wrongly and how */
    public static FaultScript of(String text) {
        return new FaultScript(Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(FaultScript::planned)
                .toList());
    }

    private static Planned planned(String text) {
        Matcher parts = FAULT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no fault such as silence@10s+5s, clean-storm@40s+2s:200 or garbage@12lines");
        }
        String value = parts.group("value") == null ? "" : parts.group("value");
        String duration = parts.group("duration");
        return new Planned(
                FaultName.of(parts.group("name")).fault(value),
                start(parts.group("start")),
                duration == null ? Duration.ZERO : FaultName.Durations.of(duration),
                text);
    }

    private static Start start(String text) {
        Matcher lines = LINES.matcher(text);
        return lines.matches()
                ? new Start.AtLine(Long.parseLong(lines.group(1)))
                : new Start.After(FaultName.Durations.of(text));
    }

    /** An hour of faults of all kinds, with seconds of peace between them; the same seed makes the same hour. */
    public static FaultScript random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> faults = new ArrayList<>();
        long seconds = 5 + random.nextInt(10);
        while (seconds < RANDOM_LENGTH.toSeconds()) {
            FaultName name = FaultName.values()[random.nextInt(FaultName.values().length)];
            int lasts = 1 + random.nextInt(6);
            faults.add(name.text() + "@" + seconds + "s+" + lasts + "s");
            seconds += lasts + 5 + random.nextInt(20);
        }
        return of(String.join(",", faults));
    }

    /** As it is typed. */
    public String text() {
        return faults.stream().map(Planned::text).collect(Collectors.joining(","));
    }
}
