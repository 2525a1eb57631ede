package filon.agent.telemetry;

import filon.agent.burnin.BurnInRecord;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.value.HostId;
import java.time.Duration;
import java.time.Instant;

/**
 * Reports the newest burn-in: each change at once, all again every few seconds, and what has been over for half a minute every minute, as nobody says that
 * it was heard. Belongs to one thread.
 */
public final class BurnInTelemetry {
    private static final Duration REPEAT = Duration.ofSeconds(5);
    private static final Duration REPEAT_OLD = Duration.ofMinutes(1);
    private static final Duration OLD_AFTER = Duration.ofSeconds(30);
    private final HostId hostId;
    private final long incarnation;
    private final Voice voice;
    private String lastSaid = "";
    private Instant nextRepeat = Instant.MIN;

    public BurnInTelemetry(HostId hostId, long incarnation, Voice voice) {
        this.hostId = hostId;
        this.incarnation = incarnation;
        this.voice = voice;
    }

    public void tell(Instant now, BurnInRecord record) {
        String said = record.id() + " " + record.state() + " " + record.progress();
        if (said.equals(lastSaid) && now.isBefore(nextRepeat)) {
            return;
        }
        lastSaid = said;
        boolean isOld =
                record.endedAt().filter(end -> now.isAfter(end.plus(OLD_AFTER))).isPresent();
        nextRepeat = now.plus(isOld ? REPEAT_OLD : REPEAT);
        voice.report(new BurnInReported(
                hostId,
                incarnation,
                record.id(),
                record.state(),
                record.progress(),
                record.startedAt(),
                record.endedAt().orElse(null),
                record.devices(),
                now));
    }
}
