package filon.mining.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** 2026-11-16 is a Monday. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mon-Fri 22:00-06:00            | 2026-11-16T21:59:59 | false
            Mon-Fri 22:00-06:00            | 2026-11-16T22:00:00 | true
            Mon-Fri 22:00-06:00            | 2026-11-16T05:00:00 | false
            Mon-Fri 22:00-06:00            | 2026-11-21T05:59:59 | true
            Mon-Fri 22:00-06:00            | 2026-11-21T06:00:00 | false
            Sat-Mon 10:00-12:00            | 2026-11-22T11:00:00 | true
            Sat-Mon 10:00-12:00            | 2026-11-17T11:00:00 | false
            9:30-24:00                     | 2026-11-18T23:59:00 | true
            00:00-00:00                    | 2026-11-18T13:00:00 | true
            Wed 01:00-02:00, 12:00-13:00   | 2026-11-19T12:30:00 | true
            Wed 01:00-02:00, 12:00-13:00   | 2026-11-19T01:30:00 | false
            """)
    void isOpenByTheClockOnTheWall(String text, LocalDateTime time, boolean isOpen) {
        assertThat(Schedule.of(text, PARIS).isOpen(time.atZone(PARIS).toInstant()))
                .isEqualTo(isOpen);
    }

    @Test
    void hasTheHourTwiceThatComesTwice() {
        Schedule schedule = Schedule.of("Sun 02:00-03:00", PARIS);

        assertThat(schedule.isOpen(java.time.Instant.parse("2026-10-25T00:30:00Z")))
                .isTrue();
        assertThat(schedule.isOpen(java.time.Instant.parse("2026-10-25T01:30:00Z")))
                .isTrue();
        assertThat(schedule.isOpen(java.time.Instant.parse("2026-10-25T02:30:00Z")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mon",
                "Mon-Fri",
                "Foo 10:00-11:00",
                "25:00-26:00",
                "Fri 24:00-06:00",
                "Mon-Tue-Wed 1:00-2:00",
                "10:00",
                "Mon 10-11"
            })
    void saysWhatAScheduleLooksLike(String text) {
        assertThatThrownBy(() -> Schedule.of(text, PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Mon-Fri 22:00-06:00");
    }
}
