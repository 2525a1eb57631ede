package filon.practice.wire;

import filon.practice.book.Receipt;
import filon.practice.dialect.Message;
import filon.practice.fault.ActiveFaults;
import filon.practice.fault.Fault;
import filon.practice.time.PoolTime;
import filon.practice.wire.Wire.Ending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The last stretch from a conversation to the wire, where faults delay, drop, double, reorder and drip messages. What waits is bounded: a
 * connection for which too much waits is reset.
 */
public final class Outlet {
    private static final int WAITING_MAX = 256;
    /** Messages that are held back to be reordered are said after this time even if no more come. */
    private static final Duration HELD_FOR = Duration.ofMillis(200);

    private final Wire wire;
    private final PoolTime time;
    private final ActiveFaults faults;
    private final SplittableRandom random;
    private final Listener listener;
    private final List<Parcel> held = new ArrayList<>();
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private boolean pumping;
    private boolean closing;
    private boolean closed;
    private long lastDue;

    /** Who is told what became of messages. */
    public interface Listener {
        /** Once for each verdict. */
        void settled(Receipt receipt, Receipt.Answer answer);

        /** A whole message was handed to the wire. */
        void said();
    }

    /** What the wire is given, and when. */
    private static final class Parcel {
        private final Supplier<Iterator<byte[]>> content;
        private final List<Receipt> receipts;
        private final Duration pause;
        private Optional<Iterator<byte[]>> begun = Optional.empty();
        private long due;

        /** @param content made when its first piece is handed over: encryption goes by that order */
        Parcel(Supplier<Iterator<byte[]>> content, List<Receipt> receipts, Duration pause) {
            this.content = content;
            this.receipts = receipts;
            this.pause = pause;
        }

        Iterator<byte[]> pieces() {
            Iterator<byte[]> pieces = begun.orElseGet(content);
            begun = Optional.of(pieces);
            return pieces;
        }
    }

    /** @param seed of the order in which messages are said when they are reordered */
    public Outlet(Wire wire, PoolTime time, ActiveFaults faults, long seed, Listener listener) {
        this.wire = wire;
        this.time = time;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
        this.listener = listener;
    }

    public void say(Message message) {
        if (isMute() || message.kind() == Message.Kind.VERDICT && faults.has(Fault.NoVerdicts.class)) {
            settle(message.receipts(), Receipt.Answer.LOST);
            return;
        }
        boolean wrong = message.isReply() && faults.has(Fault.WrongIds.class);
        byte[] bytes = wrong ? message.misaddressed() : message.bytes();
        hold(parcel(() -> message.seal().apply(bytes), message.receipts()));
        if (message.isReply() && faults.has(Fault.AnswerTwice.class)) {
            hold(parcel(() -> message.seal().apply(bytes), List.of()));
        }
    }

    private void settle(List<Receipt> receipts, Receipt.Answer answer) {
        receipts.forEach(receipt -> listener.settled(receipt, answer));
    }

    private boolean isMute() {
        return closed || closing || faults.has(Fault.Silence.class);
    }

    private Parcel parcel(Supplier<byte[]> sealed, List<Receipt> receipts) {
        Optional<Fault.Drip> drip = faults.find(Fault.Drip.class);
        return drip.isEmpty()
                ? new Parcel(() -> List.of(sealed.get()).iterator(), receipts, Duration.ZERO)
                : new Parcel(() -> single(sealed.get()), receipts, drip.get().pause());
    }

    private static Iterator<byte[]> single(byte[] bytes) {
        List<byte[]> single = new ArrayList<>();
        for (byte one : bytes) {
            single.add(new byte[] {one});
        }
        return single.iterator();
    }

    /** Says bytes that are no message of the dialect. */
    public void sayRaw(Iterator<byte[]> pieces) {
        if (!isMute()) {
            release(new Parcel(() -> pieces, List.of(), Duration.ZERO));
        }
    }

    private void hold(Parcel parcel) {
        Optional<Fault.Reorder> reorder = faults.find(Fault.Reorder.class);
        if (reorder.isEmpty()) {
            releaseHeld();
            release(parcel);
            return;
        }
        held.add(parcel);
        if (held.size() >= reorder.get().messages()) {
            releaseHeld();
        } else if (held.size() == 1) {
            time.scheduler().after(HELD_FOR, this::releaseHeld);
        }
    }

    /** What was held back goes in any order but that in which it came. */
    private void releaseHeld() {
        if (held.isEmpty()) {
            return;
        }
        List<Parcel> mixed = new ArrayList<>();
        List<Parcel> rest = new ArrayList<>(held.reversed());
        held.clear();
        mixed.add(rest.removeFirst());
        while (!rest.isEmpty()) {
            mixed.add(rest.remove(random.nextInt(rest.size())));
        }
        mixed.forEach(this::release);
    }

    private void release(Parcel parcel) {
        Duration delay = faults.find(Fault.Delay.class).map(Fault.Delay::by).orElse(Duration.ZERO);
        parcel.due = Math.max(lastDue, now() + delay.toNanos());
        lastDue = parcel.due;
        waiting.add(parcel);
        if (waiting.size() > WAITING_MAX) {
            close(Ending.RESET);
            return;
        }
        pump();
    }

    private long now() {
        return time.nanos().getAsLong();
    }

    /** Hands over what is due, and comes back for the rest. */
    private void pump() {
        while (!closed && !waiting.isEmpty() && waiting.peek().due <= now()) {
            handOver(waiting.peek());
        }
        if (!closed && !waiting.isEmpty()) {
            comeBack();
        } else if (closing) {
            close(Ending.FINISHED);
        }
    }

    private void comeBack() {
        if (pumping) {
            return;
        }
        pumping = true;
        Duration left = Duration.ofNanos(Math.max(1, waiting.peek().due - now()));
        time.scheduler().after(left, () -> {
            pumping = false;
            pump();
        });
    }

    /** All of it, or its next piece where it is said with pauses. */
    private void handOver(Parcel parcel) {
        boolean silent = faults.has(Fault.Silence.class);
        if (!silent && parcel.pause.isZero()) {
            waiting.remove();
            wire.toMiner(parcel.pieces());
        } else if (!silent) {
            byte[] piece = parcel.pieces().next();
            parcel.due = now() + parcel.pause.toNanos();
            if (parcel.pieces().hasNext()) {
                wire.toMiner(piece);
                return;
            }
            waiting.remove();
            wire.toMiner(piece);
        } else {
            waiting.remove();
        }
        settle(parcel.receipts, silent ? Receipt.Answer.LOST : Receipt.Answer.SENT);
        if (!silent) {
            listener.said();
        }
    }

    /** Ends the connection after all that was said. */
    public void finish() {
        if (!closed) {
            releaseHeld();
            closing = true;
            pump();
        }
    }

    /** Ends the connection now; what waits is lost. */
    public void close(Ending ending) {
        if (closed) {
            return;
        }
        closed = true;
        held.addAll(waiting);
        waiting.clear();
        held.forEach(parcel -> settle(parcel.receipts, Receipt.Answer.LOST));
        held.clear();
        wire.closed(ending);
    }

    /** Whether what the miner sends is taken off the wire. */
    public void reading(boolean on) {
        if (!closed) {
            wire.reading(on);
        }
    }

    /** Whether nothing is said and heard any more. */
    public boolean isClosed() {
        return closed || closing;
    }
}
