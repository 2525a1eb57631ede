package filon.simulation.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Which faults come to a fleet, on what share of its hosts, and within what time they begin.
 *
 * <p>What a host gets depends on the seed, its number and the fault's name alone: another share, another fault or more hosts change
 * nothing for it.
 *
 * @param shares 0 to 1 of the hosts, per fault
 */
public record FaultPlan(long seed, Map<FaultKind, Double> shares, Duration within) {
    private static final double SHARE_USUAL = 0.1;

    public FaultPlan {
        shares = Map.copyOf(shares);
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("faults begin within a time above zero, not within " + within);
        }
        shares.forEach((kind, share) -> {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "fault " + kind.label() + " has share " + share + ", which is not within 0 to 1");
            }
        });
    }

    /** @param faults each {@code name} or {@code name:share}; without a share a tenth of the hosts */
    public static FaultPlan of(long seed, List<String> faults, Duration within) {
        Map<FaultKind, Double> shares = new EnumMap<>(FaultKind.class);
        for (String fault : faults) {
            String[] parts = fault.split(":", 2);
            shares.put(FaultKind.of(parts[0]), parts.length == 1 ? SHARE_USUAL : share(fault, parts[1]));
        }
        return new FaultPlan(seed, shares, within);
    }

    private static double share(String fault, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("fault " + fault + " has no number after its colon");
        }
    }

    /**
     * What befalls one host.
     *
     * @param host its number
     * @param gpus how many it has
     */
    public Fate fateOf(int host, int gpus) {
        List<Episode> episodes = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            RandomGenerator random = randomOf(host, kind);
            if (random.nextDouble() < shares.getOrDefault(kind, 0.0)) {
                episodes.add(episode(kind, gpus, random));
            }
        }
        return new Fate(episodes);
    }

    private RandomGenerator randomOf(int host, FaultKind kind) {
        SplittableRandom ofHost = new SplittableRandom(seed ^ (host * 0x9E3779B97F4A7C15L));
        // the label, not the place in the list: a new fault moves no other
        return new SplittableRandom(ofHost.nextLong() ^ ((long) kind.label().hashCode() << 20));
    }

    private Episode episode(FaultKind kind, int gpus, RandomGenerator random) {
        Duration from = Duration.ofMillis(random.nextLong(within.toMillis()));
        Duration until = from.plus(lasting(kind, random));
        return new Episode(kind, from, until, random.nextInt(gpus), random.nextDouble());
    }

    private static Duration lasting(FaultKind kind, RandomGenerator random) {
        return switch (kind) {
            case SLOW, WRONG_HASHES, LOST_GPU, CLOCK_JUMP -> Episode.FOR_EVER;
            case HUNG -> seconds(random, 30, 120);
            case THERMAL_THROTTLE -> seconds(random, 120, 600);
            case DISK_FULL -> seconds(random, 20, 120);
            case SILENT -> seconds(random, 30, 180);
        };
    }

    private static Duration seconds(RandomGenerator random, int min, int max) {
        return Duration.ofSeconds(random.nextInt(min, max));
    }
}
