package filon.billing.meter;

/**
 * Which numbers of an incarnation were received, and which were refused, for ever.
 *
 * @param received metered, or parked until their lease is known
 * @param refused their bytes are kept as conflicts; a genuine report with such a number is still welcome
 */
public record Lane(LaneId id, Intervals received, Intervals refused) {
    public static Lane empty(LaneId id) {
        return new Lane(id, Intervals.EMPTY, Intervals.EMPTY);
    }

    public Lane receive(long sequence) {
        return new Lane(id, received.union(sequence), refused);
    }

    public Lane refuse(long sequence) {
        return received.contains(sequence) ? this : new Lane(id, received, refused.union(sequence));
    }

    /** All numbers from 1 to this one are dealt with and kept here: the agent may forget them. 0 = none. */
    public long watermark() {
        Intervals handled = handled();
        return handled.contains(1) ? handled.ranges().getFirst().to() - 1 : 0;
    }

    /** Numbers that never came although a later one did. */
    public Intervals gaps() {
        Intervals handled = handled();
        return handled.isEmpty() ? Intervals.EMPTY : handled.missingFrom(1, handled.end());
    }

    private Intervals handled() {
        return received.union(refused);
    }
}
