package filon.mining.plan;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Hours of some days of the week, by the clock on the wall.
 *
 * @param days on which it begins
 * @param from the first moment in it
 * @param to the first moment not in it; where it is not after {@code from}, of the next day
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Window {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window of no day is never open");
        }
        days = Set.copyOf(days);
    }

    boolean contains(ZonedDateTime moment) {
        LocalTime time = moment.toLocalTime();
        DayOfWeek today = moment.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return days.contains(today) && !time.isBefore(from) || days.contains(today.minus(1)) && time.isBefore(to);
    }
}
