package filon.billing.meter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of whole numbers as sorted, disjoint, non-touching half-open ranges: milliseconds of time, or sequence numbers.
 *
 * <p>Immutable. Its text is PostgreSQL's {@code int8multirange}: {@code {[1,5),[7,9)}}.
 */
public final class Intervals {
    public static final Intervals EMPTY = new Intervals(new long[0]);
    /** from, to, from, to ... strictly rising. */
    private final long[] bounds;

    private Intervals(long[] bounds) {
        this.bounds = bounds;
    }

    /** One range {@code [from, to)}. */
    public record Range(long from, long to) {
        public Range {
            if (to <= from) {
                throw new IllegalArgumentException("range from " + from + " to " + to + " is empty");
            }
        }
    }

    /** {@code [from, to)}; empty where nothing lies between. */
    public static Intervals between(long from, long to) {
        return to <= from ? EMPTY : new Intervals(new long[] {from, to});
    }

    public static Intervals of(long number) {
        return between(number, Math.addExact(number, 1));
    }

    /** All that lies in at least one of the ranges. */
    public static Intervals unionOf(Collection<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Range::from));
        long[] merged = new long[2 * sorted.size()];
        int length = 0;
        for (Range range : sorted) {
            if (length > 0 && range.from() <= merged[length - 1]) {
                merged[length - 1] = Math.max(merged[length - 1], range.to());
            } else {
                merged[length++] = range.from();
                merged[length++] = range.to();
            }
        }
        return new Intervals(Arrays.copyOf(merged, length));
    }

    /** @throws IllegalArgumentException if the text is not a bounded {@code int8multirange} */
    public static Intervals parse(String text) {
        String body = text.strip();
        if (!body.startsWith("{") || !body.endsWith("}")) {
            throw new IllegalArgumentException("not a multirange: " + text);
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : body.substring(1, body.length() - 1).split("(?<=\\)),")) {
            if (!part.isBlank()) {
                ranges.add(range(part.strip()));
            }
        }
        return unionOf(ranges);
    }

    public Intervals union(Intervals other) {
        if (other.isEmpty()) {
            return this;
        }
        List<Range> all = new ArrayList<>(ranges());
        all.addAll(other.ranges());
        return unionOf(all);
    }

    public Intervals union(long number) {
        return contains(number) ? this : union(of(number));
    }

    public Intervals intersect(Intervals other) {
        List<Range> common = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < bounds.length && theirs < other.bounds.length) {
            long from = Math.max(bounds[mine], other.bounds[theirs]);
            long to = Math.min(bounds[mine + 1], other.bounds[theirs + 1]);
            if (from < to) {
                common.add(new Range(from, to));
            }
            if (bounds[mine + 1] < other.bounds[theirs + 1]) {
                mine += 2;
            } else {
                theirs += 2;
            }
        }
        return unionOf(common);
    }

    /** What of {@code [from, to)} is not in this set. */
    public Intervals missingFrom(long from, long to) {
        List<Range> missing = new ArrayList<>();
        long next = from;
        for (Range range : ranges()) {
            if (range.from() > next && next < to) {
                missing.add(new Range(next, Math.min(range.from(), to)));
            }
            next = Math.max(next, range.to());
        }
        if (next < to) {
            missing.add(new Range(next, to));
        }
        return unionOf(missing);
    }

    public boolean contains(long number) {
        int at = Arrays.binarySearch(bounds, number);
        return at >= 0 ? at % 2 == 0 : (-at - 1) % 2 == 1;
    }

    /** How many numbers are in the set. */
    public long measure() {
        long sum = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            sum = Math.addExact(sum, Math.subtractExact(bounds[i + 1], bounds[i]));
        }
        return sum;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** One past the largest number; @throws IllegalStateException if the set is empty */
    public long end() {
        if (isEmpty()) {
            throw new IllegalStateException("an empty set has no end");
        }
        return bounds[bounds.length - 1];
    }

    public List<Range> ranges() {
        List<Range> ranges = new ArrayList<>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.add(new Range(bounds[i], bounds[i + 1]));
        }
        return ranges;
    }

    private static Range range(String text) {
        int comma = text.indexOf(',');
        if (!text.startsWith("[") || !text.endsWith(")") || comma < 0) {
            throw new IllegalArgumentException("not a half-open range: " + text);
        }
        return new Range(
                Long.parseLong(text.substring(1, comma)), Long.parseLong(text.substring(comma + 1, text.length() - 1)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals intervals && Arrays.equals(bounds, intervals.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Range range : ranges()) {
            text.append(text.length() > 1 ? "," : "")
                    .append('[')
                    .append(range.from())
                    .append(',')
                    .append(range.to())
                    .append(')');
        }
        return text.append('}').toString();
    }
}
