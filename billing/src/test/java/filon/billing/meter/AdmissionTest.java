package filon.billing.meter;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.UsageReport;
import filon.contracts.value.HostId;
import filon.plumbing.inbox.RawRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final HostId HOST = HostId.of(UUID.randomUUID());
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);
    private static final String ZEROS = "0".repeat(64);

    private final Admission admission = new Admission(Map.of(), Map.of());

    @Test
    void admitsAnHonestChainInAnyOrderAndKnowsItsRepetitions() {
        // Given
        List<Reading.Genuine> disorder = List.of(reading(3, B, C), reading(1, ZEROS, A), reading(2, A, B));

        // When
        List<Admission.Decision> first =
                disorder.stream().map(admission::decide).toList();
        List<Admission.Decision> again =
                disorder.stream().map(admission::decide).toList();

        // Then
        assertThat(first).allMatch(Admission.Decision.Admitted.class::isInstance);
        assertThat(again).allMatch(Admission.Decision.Repeated.class::isInstance);
        assertThat(lane().watermark()).isEqualTo(3);
        assertThat(lane().gaps().isEmpty()).isTrue();
    }

    @Test
    void keepsTheFirstOfTwoReportsWithOneNumber() {
        // Given
        admission.decide(reading(1, ZEROS, A));

        // When
        Admission.Decision second = admission.decide(reading(1, ZEROS, B));

        // Then
        assertThat(second).isInstanceOf(Admission.Decision.Refused.class);
        assertThat(lane().refused().isEmpty()).isTrue();
    }

    @Test
    void refusesAReportThatBreaksTheChainBeforeOrAfterIt() {
        // Given
        admission.decide(reading(1, ZEROS, A));
        admission.decide(reading(4, C, C));

        // When / Then
        assertThat(admission.decide(reading(2, C, B))).isInstanceOf(Admission.Decision.Refused.class);
        assertThat(admission.decide(reading(3, B, A))).isInstanceOf(Admission.Decision.Refused.class);
        assertThat(admission.decide(reading(5, A, B))).isInstanceOf(Admission.Decision.Refused.class);
    }

    @Test
    void refusesAFirstReportThatHasAPredecessor() {
        assertThat(admission.decide(reading(1, A, B))).isInstanceOf(Admission.Decision.Refused.class);
    }

    @Test
    void aRefusedNumberIsNoGapAndAGenuineReportWithItIsStillWelcome() {
        // Given
        admission.decide(reading(1, ZEROS, A));
        admission.decide(reading(2, C, C));
        long watermarkBefore = lane().watermark();

        // When
        Admission.Decision genuine = admission.decide(reading(2, A, B));

        // Then
        assertThat(watermarkBefore).isEqualTo(2);
        assertThat(genuine).isInstanceOf(Admission.Decision.Admitted.class);
        assertThat(lane().received()).hasToString("{[1,3)}");
    }

    @Test
    void listsTheNumbersThatNeverCame() {
        // Given
        admission.decide(reading(2, A, B));
        admission.decide(reading(7, A, B));

        // When / Then
        assertThat(lane().watermark()).isZero();
        assertThat(lane().gaps()).hasToString("{[1,2),[3,7)}");
    }

    private Lane lane() {
        return admission.lanes().iterator().next();
    }

    private static Reading.Genuine reading(long sequence, String previous, String sha) {
        UsageReport report = new UsageReport(HOST, 1, sequence, previous, Instant.EPOCH, List.of());
        RawRecord raw = new RawRecord("usage.reports", 0, sequence, HOST.toString(), Map.of(), new byte[0]);
        return new Reading.Genuine(raw, report, new Sha256(sha));
    }
}
