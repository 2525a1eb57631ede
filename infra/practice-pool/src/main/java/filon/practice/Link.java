package filon.practice;

import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import filon.practice.dialect.Conversation;
import filon.practice.dialect.Desk;
import filon.practice.dialect.Message;
import filon.practice.dialect.Push;
import filon.practice.fault.Fault;
import filon.practice.wire.Outlet;
import filon.practice.wire.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** One miner's connection: its conversation and the way of its messages. Its pool gives it turns. */
final class Link implements PracticeLink, Desk, Outlet.Listener {
    /** As much as a wire takes that nobody reads. */
    private static final int UNREAD_MAX_BYTES = 1 << 16;

    private final PracticePool pool;
    private final long number;
    private final Outlet outlet;
    private final Conversation conversation;
    private final Deque<byte[]> unread = new ArrayDeque<>();
    private int unreadBytes;
    private boolean hearing;
    private boolean sentAway;
    private long heardNanos;

    Link(PracticePool pool, Wire wire, long number) {
        this.pool = pool;
        this.number = number;
        this.outlet = new Outlet(wire, pool.time(), pool.faults(), pool.plan().seed() * 31 + number, this);
        this.conversation = pool.side().open(this);
        this.heardNanos = now();
    }

    private long now() {
        return pool.time().nanos().getAsLong();
    }

    @Override
    public void fromMiner(byte[] bytes) {
        byte[] own = bytes.clone();
        pool.inTurn(() -> {
            if (!outlet.isClosed()) {
                unread.add(own);
                unreadBytes += own.length;
                readAll();
            }
        });
    }

    /** One piece after the other, also if a miner answers within its own turn. */
    void readAll() {
        if (unreadBytes > UNREAD_MAX_BYTES + lastUnread()) {
            close(Wire.Ending.RESET);
            return;
        }
        if (hearing || pool.faults().has(Fault.StopReading.class)) {
            return;
        }
        hearing = true;
        try {
            while (!unread.isEmpty() && !outlet.isClosed()) {
                byte[] next = unread.remove();
                unreadBytes -= next.length;
                heardNanos = now();
                conversation.heard(next);
            }
        } finally {
            hearing = false;
        }
        pool.heard(this);
    }

    /** A single piece may be larger than what may wait. */
    private int lastUnread() {
        return unread.isEmpty() ? 0 : unread.getLast().length;
    }

    @Override
    public void minerClosed() {
        pool.inTurn(() -> close(Wire.Ending.FINISHED));
    }

    boolean isReady() {
        return !outlet.isClosed() && conversation.isReady();
    }

    void push(Push push) {
        if (isReady()) {
            conversation.push(push);
        }
    }

    /** Tells the miner once to connect elsewhere. */
    void sendAway(Push.Reconnect move) {
        if (isReady() && !sentAway) {
            sentAway = true;
            conversation.push(move);
        }
    }

    void sayRaw(Iterator<byte[]> pieces) {
        outlet.sayRaw(pieces);
    }

    void reading(boolean on) {
        outlet.reading(on);
        if (on) {
            readAll();
        }
    }

    /** How long the miner may still say nothing; {@link Long#MAX_VALUE} for ever. */
    long patienceNanos() {
        return conversation
                .patience()
                .map(Duration::toNanos)
                .map(patience -> heardNanos + patience - now())
                .orElse(Long.MAX_VALUE);
    }

    void close(Wire.Ending ending) {
        outlet.close(ending);
        pool.forget(this);
    }

    @Override
    public void say(Message message) {
        outlet.say(message);
    }

    @Override
    public void hangUp(String why) {
        if (!outlet.isClosed()) {
            pool.report("closing connection " + number + ": " + why);
            outlet.finish();
            pool.forget(this);
        }
    }

    @Override
    public boolean isDeaf() {
        return pool.faults().has(Fault.Silence.class);
    }

    @Override
    public Receipt enter(Submission submission, Verdict verdict) {
        return pool.enter(number, submission, verdict);
    }

    @Override
    public double difficulty() {
        return pool.difficulty();
    }

    @Override
    public void settled(Receipt receipt, Receipt.Answer answer) {
        pool.settle(receipt, answer);
    }

    @Override
    public void said() {
        pool.said();
    }
}
