package filon.agent.control;

import filon.agent.control.OrderRules.Judged;
import filon.agent.control.OrderSignatures.Reading;
import filon.agent.control.OrderState.Slot;
import filon.agent.control.OrderState.StoppedLease;
import filon.agent.control.Verdict.Known;
import filon.agent.control.Verdict.Refused;
import filon.agent.disk.DurableFile;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.TrimUsage;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The host's desired state: every order it believed, on the disk before anybody acts on it.
 *
 * <p>Owned by one thread. A broken record changes nothing but the offset; what was believed stays in force while the broker is
 * away and after a restart.
 */
public final class OrderBook {
    private static final Logger LOG = Logger.getLogger(OrderBook.class);
    private static final Duration STOPPED_KEPT = Duration.ofDays(7);
    private static final String TRIM_SLOT = "usage-trim";
    private final DurableFile file;
    private final OrderSignatures signatures;
    private final Clock clock;
    private OrderState state;

    private OrderBook(DurableFile file, OrderSignatures signatures, Clock clock, OrderState state) {
        this.file = file;
        this.signatures = signatures;
        this.clock = clock;
        this.state = state;
    }

    /**
     * Opens the stored desired state; stored orders whose signature does not hold any more are not obeyed.
     *
     * @throws IOException if the file exists and is not a desired state: the agent must not guess what it had promised
     */
    public static OrderBook open(Path home, OrderSignatures signatures, Clock clock) throws IOException {
        DurableFile file =
                new DurableFile(DurableFile.directory(home.resolve("orders")).resolve("desired.json"));
        Optional<byte[]> stored = file.read();
        if (stored.isEmpty()) {
            return new OrderBook(file, signatures, clock, OrderState.EMPTY);
        }
        try {
            OrderState state = MessageCodec.parse(stored.get(), OrderState.class);
            return new OrderBook(file, signatures, clock, believed(state, signatures, clock.instant()));
        } catch (UnusableMessageException e) {
            throw new IOException("file " + file.path() + " is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Judges one record. An accepted order is in force, and on the disk, when this returns.
     *
     * @return {@link Known} for refused history too: each offending record is refused once
     */
    public Verdict receive(OrderRecord record) throws IOException {
        boolean isHistory = record.offset() <= state.seenThrough();
        Judged judged = judge(record);
        OrderState next = judged.next().seen(record.offset());
        if (!next.equals(state)) {
            file.replace(MessageCodec.json(next).getBytes(StandardCharsets.UTF_8));
            state = next;
        }
        return isHistory && judged.verdict() instanceof Refused ? new Known() : judged.verdict();
    }

    /** The leases that should run, as last ordered, whether or not their time has come or is over. */
    public List<RunWorkload> running() {
        return state.slots().values().stream()
                .filter(slot -> slot.stopReason().isEmpty())
                .flatMap(slot -> slot.run().stream())
                .toList();
    }

    /** The leases that were ordered to stop after they had been ordered to run. */
    public List<StoppedLease> stopped() {
        return state.slots().values().stream()
                .filter(slot -> slot.stopReason().isPresent() && slot.run().isPresent())
                .map(slot ->
                        new StoppedLease(slot.run().get(), slot.stopReason().get()))
                .toList();
    }

    /** How far the metering log may be trimmed, as last ordered. */
    public Optional<TrimUsage> trim() {
        return genuine(TRIM_SLOT).map(order -> order instanceof TrimUsage trim ? trim : null);
    }

    /** The burn-in that was ordered last, whether or not it is over. */
    public Optional<RunBurnIn> burnIn() {
        return genuine(RunBurnIn.SLOT).map(order -> order instanceof RunBurnIn burnIn ? burnIn : null);
    }

    private Optional<HostOrder> genuine(String slotName) {
        return Optional.ofNullable(state.slots().get(slotName))
                .map(slot -> signatures.read(slotName, bytes(slot)))
                .map(reading -> reading instanceof Reading.Genuine(var signed, HostOrder order) ? order : null);
    }

    public long generation() {
        return state.generation();
    }

    private Judged judge(OrderRecord record) {
        if (record.value().isEmpty()) {
            return new Judged(new Known(), state);
        }
        return switch (signatures.read(record.slot(), record.value().get())) {
            case Reading.Broken(Refused refusal) -> new Judged(refusal, state);
            case Reading.Genuine(var signed, var order) -> OrderRules.judge(state, signed, order, clock.instant());
        };
    }

    private static OrderState believed(OrderState stored, OrderSignatures signatures, Instant now) {
        Map<String, Slot> genuine = new HashMap<>(stored.slots());
        genuine.values().removeIf(slot -> isHistory(slot, now));
        genuine.entrySet().removeIf(entry -> {
            boolean broken = signatures.read(entry.getKey(), bytes(entry.getValue())) instanceof Reading.Broken;
            if (broken) {
                LOG.warnf("The stored order of slot %s does not verify and is not obeyed", entry.getKey());
            }
            return broken;
        });
        return new OrderState(stored.seenThrough(), genuine, stored.epochs());
    }

    /** A stopped lease whose last authorisation is long over needs no memory: an order from then is refused as expired. */
    private static boolean isHistory(Slot slot, Instant now) {
        return slot.stopReason().isPresent()
                && slot.run()
                        .filter(run -> run.authorisedUntil().plus(STOPPED_KEPT).isBefore(now))
                        .isPresent();
    }

    private static byte[] bytes(Slot slot) {
        return MessageCodec.json(slot.order()).getBytes(StandardCharsets.UTF_8);
    }
}
