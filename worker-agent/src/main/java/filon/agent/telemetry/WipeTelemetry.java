package filon.agent.telemetry;

import filon.agent.wipe.WipeRecord;
import filon.contracts.message.FleetReport.WipeReported;
import filon.contracts.message.WipeState;
import filon.contracts.value.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Reports how each GPU's newest wipe ended: at once, every few seconds for a while, then every minute, as nobody says that it was heard. Belongs to
 * one thread.
 */
public final class WipeTelemetry {
    private static final Duration REPEAT = Duration.ofSeconds(5);
    private static final Duration REPEAT_OLD = Duration.ofMinutes(1);
    private static final Duration OLD_AFTER = Duration.ofSeconds(30);
    private final HostId hostId;
    private final long incarnation;
    private final Voice voice;
    private final Map<String, Said> said = new HashMap<>();

    /** What was said of a GPU, and when it is said again. */
    private record Said(WipeRecord record, Instant again) {}

    public WipeTelemetry(HostId hostId, long incarnation, Voice voice) {
        this.hostId = hostId;
        this.incarnation = incarnation;
        this.voice = voice;
    }

    public void tell(Instant now, WipeRecord record) {
        Said before = said.get(record.gpuId().value());
        boolean isNews = before == null || !before.record().equals(record);
        if (!record.isOver() || !isNews && now.isBefore(before.again())) {
            return;
        }
        Instant endedAt = record.endedAt().orElseThrow();
        boolean isOld = now.isAfter(endedAt.plus(OLD_AFTER));
        said.put(record.gpuId().value(), new Said(record, now.plus(isOld ? REPEAT_OLD : REPEAT)));
        voice.report(new WipeReported(
                hostId,
                incarnation,
                record.leaseId(),
                record.gpuId(),
                record.step() == WipeRecord.Step.WIPED ? WipeState.WIPED : WipeState.FAILED,
                record.detail(),
                endedAt,
                now));
    }
}
