package filon.provisioning.enrolment.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.Message;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.DeviceSensors;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.provisioning.Samples;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaAlteration.Op;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Test;

class HostQuotasTest {
    private static final int GPUS = 16;
    /** Key, headers with the MAC, and what a record costs in its batch. */
    private static final int AROUND_A_RECORD = 250;

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
    private final HostId host = HostId.of(UUID.randomUUID());
    private final HostQuotas quotas = new HostQuotas(262_144, 262_144, 20);

    @Test
    void aHostOfSixteenDevicesSendsLessThanATenthOfItsQuota() throws IOException {
        // Given
        double reports = bytes(new HostReported(
                        host, 1, 1, "0.1.0", NOW, Samples.gpus(host, DeviceKind.GPU, GPUS), UUID.randomUUID()))
                + GPUS * bytes(workload());

        // When
        double perSecond = reports / 5 + GPUS * bytes(sample()) / 2.0 + bytes(usage()) / 2.0;

        // Then
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(reader);
        }
        assertThat(perSecond * 10)
                .isLessThan(Long.parseLong(settings.getProperty("filon.enrolment.written-bytes-per-second")));
    }

    @Test
    void eachEnrolmentHasAQuotaOfItsOwnAndTheOnesBeforeTheLeast() {
        // When
        List<ClientQuotaAlteration> inForce = quotas.of(host, 3);
        List<ClientQuotaAlteration> before = quotas.withoutRights(host, 2);

        // Then
        assertThat(inForce).singleElement().satisfies(quota -> {
            assertThat(quota.entity().entries()).containsEntry(ClientQuotaEntity.USER, "agent-" + host + "-3");
            assertThat(quota.ops()).extracting(Op::value).containsExactly(262_144.0, 262_144.0, 20.0);
        });
        assertThat(before)
                .extracting(quota -> quota.entity().entries().get(ClientQuotaEntity.USER))
                .containsExactly("agent-" + host, "agent-" + host + "-2");
        assertThat(before)
                .allSatisfy(
                        quota -> assertThat(quota.ops()).extracting(Op::value).containsExactly(1_024.0, 1_024.0, 1.0));
        assertThat(quotas.withoutRights(host, 0)).isEmpty();
    }

    @Test
    void refusesAQuotaOfNothingAndOneOfEverything() {
        assertThatThrownBy(() -> new HostQuotas(0, 262_144, 20)).hasMessageContaining("less than 1024");
        assertThatThrownBy(() -> new HostQuotas(262_144, 1, 20)).hasMessageContaining("less than 1024");
        assertThatThrownBy(() -> new HostQuotas(262_144, 262_144, 0)).hasMessageContaining("within 1 to 100");
        assertThatThrownBy(() -> new HostQuotas(262_144, 262_144, 101)).hasMessageContaining("within 1 to 100");
    }

    private WorkloadReported workload() {
        return new WorkloadReported(
                host,
                1,
                RentalId.of(UUID.randomUUID()),
                LeaseId.of(UUID.randomUUID()),
                1,
                1,
                gpu(0),
                WorkloadState.RUNNING,
                "hashing since the first job of the pool",
                NOW,
                HashRate.of(81_330_000),
                1_000_000,
                1_000,
                1_000_000,
                NOW);
    }

    private TelemetrySample sample() {
        return new TelemetrySample(
                host,
                gpu(0),
                RentalId.of(UUID.randomUUID()),
                NOW,
                WorkloadState.RUNNING,
                HashRate.of(81_330_000),
                1_000_000,
                1_000,
                71,
                289_000L,
                new DeviceSensors(60, 1_900, 10_500, 0L, 13));
    }

    /** Every two seconds, with a share of each device: five times as many as pools ask for. */
    private UsageReport usage() {
        return new UsageReport(
                host,
                1,
                1_000_000,
                "0".repeat(64),
                NOW,
                IntStream.range(0, GPUS).mapToObj(this::usageOf).toList());
    }

    private GpuUsage usageOf(int index) {
        long now = NOW.toEpochMilli();
        return new GpuUsage(
                LeaseId.of(UUID.randomUUID()),
                RentalId.of(UUID.randomUUID()),
                1,
                gpu(index),
                List.of(new Span(now - 2_000, now)),
                1_000_000_000_000L,
                1_000_000,
                1_000,
                List.of(new ShareProof(now, "f".repeat(160), "f".repeat(64))),
                false);
    }

    private GpuId gpu(int index) {
        return GpuId.of(host + "-" + index);
    }

    private static int bytes(Message message) {
        Envelope envelope = Envelope.of(UUID.randomUUID(), NOW, "agent-" + UUID.randomUUID(), 1L << 32, message);
        return MessageCodec.encode(envelope).length + AROUND_A_RECORD;
    }
}
