package filon.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.TrimUsage;
import filon.contracts.message.SignedOrder;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderBookTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final HostId host = HostId.of(UUID.randomUUID());
    private final GpuId gpu = GpuId.of(host + "-gpu-0");
    private final ControlPlane controlPlane = new ControlPlane();
    private final RunWorkload run =
            ControlPlane.run(host, 5, ControlPlane.newLease(), ControlPlane.newRental(), 3, LATER, gpu);

    @TempDir
    Path home;

    private OrderBook book;
    private long offset;

    @BeforeEach
    void openEmptyBook() throws IOException {
        book = open();
    }

    @Test
    void obeysAGenuineOrderAndRemembersItOverARestart() throws IOException {
        // When
        Verdict verdict = receive(run);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Accepted(run));
        assertThat(open().running()).containsExactly(run);
        assertThat(open().generation()).isEqualTo(5);
    }

    @Test
    void refusesABrokenSignature() throws IOException {
        // Given
        SignedOrder genuine = controlPlane.sign(run);
        SignedOrder changed = new SignedOrder(
                genuine.order().replace("wallet.rig", "wallet.thf"), genuine.keyId(), genuine.signature());

        // When
        Verdict verdict = receive(run.slot(), ControlPlane.bytes(changed));

        // Then
        assertRefused(verdict, RefusalCode.BAD_SIGNATURE);
        assertThat(book.running()).isEmpty();
    }

    @Test
    void refusesASignatureThatIsNoBase64() throws IOException {
        // Given
        SignedOrder genuine = controlPlane.sign(run);

        // When
        Verdict verdict = receive(
                run.slot(), ControlPlane.bytes(new SignedOrder(genuine.order(), genuine.keyId(), "not base64!")));

        // Then
        assertRefused(verdict, RefusalCode.BAD_SIGNATURE);
    }

    @Test
    void refusesAKeyItWasNotGiven() throws IOException {
        // When
        Verdict verdict = receive(run.slot(), new ControlPlane().signed(run));

        // Then
        assertRefused(verdict, RefusalCode.UNKNOWN_KEY);
    }

    @Test
    void refusesAnOrderForAnotherHost() throws IOException {
        // Given
        HostId other = HostId.of(UUID.randomUUID());

        // When
        Verdict verdict = receive(ControlPlane.run(other, 9, run.leaseId(), run.rentalId(), 3, LATER, gpu));

        // Then
        assertRefused(verdict, RefusalCode.OTHER_HOST);
    }

    @Test
    void refusesAnOrderMovedToAnotherSlot() throws IOException {
        // When
        Verdict verdict = receive("workload/elsewhere", controlPlane.signed(run));

        // Then
        assertRefused(verdict, RefusalCode.WRONG_SLOT);
    }

    @Test
    void refusesAnOlderGenerationOfTheSlotAlsoAfterARestart() throws IOException {
        // Given
        receive(run);
        book = open();

        // When
        Verdict verdict = receive(withGeneration(4));

        // Then
        assertRefused(verdict, RefusalCode.STALE_GENERATION);
        assertThat(book.running()).containsExactly(run);
    }

    @Test
    void refusesAnotherOrderWithTheSameGeneration() throws IOException {
        // Given
        receive(run);

        // When
        Verdict verdict =
                receive(ControlPlane.run(host, 5, run.leaseId(), run.rentalId(), 3, LATER.plusSeconds(60), gpu));

        // Then
        assertRefused(verdict, RefusalCode.CONFLICTING_GENERATION);
    }

    @Test
    void refusesAnOlderEpochOfTheRentalOnTheGpuAlsoAfterARestart() throws IOException {
        // Given
        receive(run);
        book = open();

        // When
        Verdict verdict = receive(ControlPlane.run(host, 6, ControlPlane.newLease(), run.rentalId(), 2, LATER, gpu));

        // Then
        assertRefused(verdict, RefusalCode.STALE_EPOCH);
        assertThat(((Verdict.Refused) verdict).epoch()).isEqualTo(2);
    }

    @Test
    void obeysAnotherRentalWhoseEpochsBeginAtOne() throws IOException {
        // Given
        receive(run);

        // When
        Verdict verdict =
                receive(ControlPlane.run(host, 6, ControlPlane.newLease(), ControlPlane.newRental(), 1, LATER, gpu));

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void refusesAnOrderWhoseAuthorisationIsOver() throws IOException {
        // When
        Verdict verdict = receive(ControlPlane.run(host, 5, run.leaseId(), run.rentalId(), 3, NOW, gpu));

        // Then
        assertRefused(verdict, RefusalCode.EXPIRED);
    }

    @Test
    void neverRunsAStoppedLeaseAgain() throws IOException {
        // Given
        receive(run);
        receive(ControlPlane.stop(host, 6, run));

        // When
        Verdict verdict = receive(withGeneration(7));

        // Then
        assertRefused(verdict, RefusalCode.LEASE_STOPPED);
        assertThat(book.running()).isEmpty();
        assertThat(open().stopped()).singleElement().satisfies(lease -> {
            assertThat(lease.run().gpuIds()).containsExactly(gpu);
            assertThat(lease.reason()).isEqualTo("the customer ended it");
        });
    }

    @Test
    void doesNotTakeTextInsideAnOrderForItsKind() throws IOException {
        // Given
        RunWorkload tricky = new RunWorkload(
                host,
                5,
                run.leaseId(),
                run.rentalId(),
                3,
                run.notBefore(),
                LATER,
                run.algorithm(),
                run.gpuIds(),
                run.pools(),
                java.util.List.of("stop-workload.v1"));

        // When
        receive(tricky);

        // Then
        assertThat(book.running()).containsExactly(tricky);
    }

    @Test
    void refusesAStopOfAnOlderEpoch() throws IOException {
        // Given
        receive(run);
        RunWorkload older = ControlPlane.run(host, 5, run.leaseId(), run.rentalId(), 2, LATER, gpu);

        // When
        Verdict verdict = receive(ControlPlane.stop(host, 6, older));

        // Then
        assertRefused(verdict, RefusalCode.STALE_EPOCH);
        assertThat(book.running()).containsExactly(run);
    }

    @Test
    void aTombstoneStopsNothing() throws IOException {
        // Given
        receive(run);

        // When
        Verdict verdict = book.receive(new OrderRecord(offset++, run.slot(), Optional.empty()));

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Known());
        assertThat(book.running()).containsExactly(run);
    }

    @Test
    void refusesGarbageOfEveryKindWithoutFailing() throws IOException {
        // Given
        long seed = System.getProperty("filon.seed") == null ? 20261120 : Long.getLong("filon.seed");
        System.Logger log = System.getLogger("seed");
        log.log(System.Logger.Level.INFO, "seed " + seed);
        Random random = new Random(seed);
        byte[] genuine = controlPlane.signed(run);

        for (int i = 0; i < 2_000; i++) {
            // When
            byte[] mutated = genuine.clone();
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) (mutated[at] ^ 1 << random.nextInt(8));
            Verdict verdict = receive(run.slot(), mutated);

            // Then
            assertThat(verdict).as("flipped byte %d", at).isInstanceOf(Verdict.Refused.class);
        }
        for (String text : new String[] {"", "null", "{}", "[]", "42", "{\"order\":null}", "\u0000\uffff"}) {
            assertRefused(receive(run.slot(), text.getBytes(StandardCharsets.UTF_8)), RefusalCode.UNREADABLE);
        }
        assertThat(book.running()).isEmpty();
    }

    @Test
    void reportsARefusedRecordOnceAlthoughTheTopicIsReadAgain() throws IOException {
        // Given
        OrderRecord broken = new OrderRecord(7, run.slot(), Optional.of(new byte[] {1}));
        Verdict first = book.receive(broken);

        // When
        Verdict again = open().receive(broken);

        // Then
        assertRefused(first, RefusalCode.UNREADABLE);
        assertThat(again).isEqualTo(new Verdict.Known());
    }

    @Test
    void aRepeatedOrderChangesNothing() throws IOException {
        // Given
        receive(run);

        // When
        Verdict verdict = receive(run);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Known());
    }

    @Test
    void doesNotObeyAStoredOrderThatDoesNotVerifyAnyMore() throws IOException {
        // Given
        receive(run);
        OrderSignatures otherKeys = new OrderSignatures(host, new ControlPlane().orderKeys());

        // When
        OrderBook reopened = OrderBook.open(home, otherKeys, clock);

        // Then
        assertThat(reopened.running()).isEmpty();
    }

    @Test
    void forgetsAStoppedLeaseAWeekAfterItsAuthorisationEnded() throws IOException {
        // Given
        receive(run);
        receive(ControlPlane.stop(host, 6, run));
        Clock muchLater = Clock.fixed(LATER.plus(Duration.ofDays(7)).plusSeconds(1), ZoneOffset.UTC);

        // When
        OrderBook reopened = OrderBook.open(home, new OrderSignatures(host, controlPlane.orderKeys()), muchLater);

        // Then
        assertThat(reopened.stopped()).isEmpty();
        assertThat(reopened.receive(new OrderRecord(99, run.slot(), Optional.of(controlPlane.signed(run)))))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(RefusalCode.EXPIRED));
    }

    @Test
    void remembersHowFarUsageMayBeTrimmed() throws IOException {
        // When
        receive(new TrimUsage(host, 8, 2, 40));

        // Then
        assertThat(open().trim()).contains(new TrimUsage(host, 8, 2, 40));
    }

    @Test
    void remembersTheNewestBurnInOverARestart() throws IOException {
        // Given
        receive(burnIn(8, LATER));

        // When
        receive(burnIn(9, LATER));

        // Then
        assertThat(book.burnIn()).contains(burnIn(9, LATER));
        assertThat(open().burnIn()).contains(burnIn(9, LATER));
        assertThat(book.running()).isEmpty();
    }

    @Test
    void refusesABurnInThatIsOverOrOlderThanTheOneItKnows() throws IOException {
        // Given
        receive(burnIn(8, LATER));

        // When
        Verdict over = receive(burnIn(9, NOW));
        Verdict older = receive(burnIn(7, LATER));

        // Then
        assertRefused(over, RefusalCode.EXPIRED);
        assertRefused(older, RefusalCode.STALE_GENERATION);
        assertThat(book.burnIn()).contains(burnIn(8, LATER));
    }

    private RunBurnIn burnIn(long generation, Instant notAfter) {
        return new RunBurnIn(
                host,
                generation,
                BurnInId.of(new UUID(0, generation)),
                notAfter,
                List.of(gpu),
                List.of(Algorithm.SHA256D),
                1);
    }

    private RunWorkload withGeneration(long generation) {
        return ControlPlane.run(host, generation, run.leaseId(), run.rentalId(), 3, LATER, gpu);
    }

    private OrderBook open() throws IOException {
        return OrderBook.open(home, new OrderSignatures(host, controlPlane.orderKeys()), clock);
    }

    private Verdict receive(filon.contracts.message.HostOrder order) throws IOException {
        return receive(order.slot(), controlPlane.signed(order));
    }

    private Verdict receive(String slot, byte[] value) throws IOException {
        return book.receive(new OrderRecord(offset++, slot, Optional.of(value)));
    }

    private static void assertRefused(Verdict verdict, RefusalCode code) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.code())
                .as(refused.reason())
                .isEqualTo(code));
    }
}
