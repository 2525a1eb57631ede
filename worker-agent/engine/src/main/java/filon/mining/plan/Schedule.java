package filon.mining.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a portion takes part. */
public sealed interface Schedule {
    String FORM = "always, otherwise, or windows like \"Mon-Fri 22:00-06:00, Sat 10:00-12:30\"";

    /** At any time. */
    record Always() implements Schedule {}

    /** When no other portion does. */
    record Otherwise() implements Schedule {}

    /** In hours of the week, by the wall clock of a place: on the day it is put forward an hour is missing, on the other one comes twice. */
    record Weekly(List<Window> windows, ZoneId zone) implements Schedule {
        public Weekly {
            windows = List.copyOf(windows);
        }
    }

    /** Whether it takes part by itself; {@link Otherwise} never does. */
    default boolean isOpen(Instant now) {
        return switch (this) {
            case Always _ -> true;
            case Otherwise _ -> false;
            case Weekly weekly ->
                weekly.windows().stream().anyMatch(window -> window.contains(now.atZone(weekly.zone())));
        };
    }

    /**
     * {@value #FORM}; days are Mon to Sun, a range may go over Sunday, no days are all days; 24:00 is midnight, at a window's end only.
     *
     * @throws IllegalArgumentException naming the window that cannot be understood
     */
    static Schedule of(String text, ZoneId zone) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "always" -> new Always();
            case "otherwise" -> new Otherwise();
            default -> new Weekly(Parser.windows(text), zone);
        };
    }

    /** Reads windows. */
    final class Parser {
        private static final Pattern WINDOW =
                Pattern.compile("(?<days>[A-Za-z-]+)?\\s*(?<from>\\d{1,2}:\\d{2})-(?<to>\\d{1,2}:\\d{2})");
        private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
        private static final String MIDNIGHT = "24:00";

        private Parser() {}

        private static List<Window> windows(String text) {
            List<Window> windows = new ArrayList<>();
            for (String part : text.split(",")) {
                windows.add(window(part.strip())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "schedule '" + part.strip() + "' is not understood; it is " + FORM)));
            }
            return windows;
        }

        private static Optional<Window> window(String text) {
            Matcher matcher = WINDOW.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            try {
                String days = matcher.group("days");
                return Optional.of(new Window(
                        days == null ? EnumSet.allOf(DayOfWeek.class) : days(days),
                        time(matcher.group("from")),
                        end(matcher.group("to"))));
            } catch (DateTimeParseException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static LocalTime end(String text) {
            return text.equals(MIDNIGHT) ? LocalTime.MIDNIGHT : time(text);
        }

        private static LocalTime time(String text) {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        }

        private static Set<DayOfWeek> days(String text) {
            String[] ends = text.split("-", -1);
            if (ends.length > 2) {
                throw new IllegalArgumentException(text);
            }
            DayOfWeek last = day(ends[ends.length - 1]);
            Set<DayOfWeek> days = EnumSet.of(last);
            for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
                days.add(day);
            }
            return days;
        }

        private static DayOfWeek day(String text) {
            int index = DAYS.indexOf(text.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new IllegalArgumentException(text);
            }
            return DayOfWeek.of(index + 1);
        }
    }
}
