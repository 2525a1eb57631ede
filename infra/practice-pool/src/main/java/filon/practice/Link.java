package filon.practice;

import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import filon.practice.dialect.Conversation;
import filon.practice.dialect.Desk;
import filon.practice.dialect.Message;
import filon.practice.dialect.Push;
import filon.practice.wire.Outlet;
import filon.practice.wire.Wire;
import java.time.Duration;

/** One miner's connection: its conversation and the way of its messages. Its pool gives it turns. */
final class Link implements PracticeLink, Desk {
    private final PracticePool pool;
    private final long number;
    private final Outlet outlet;
    private final Conversation conversation;
    private long heardNanos;

    Link(PracticePool pool, Wire wire, long number) {
        this.pool = pool;
        this.number = number;
        this.outlet = new Outlet(wire, pool::settle);
        this.conversation = pool.side().open(this);
        this.heardNanos = now();
    }

    private long now() {
        return pool.time().nanos().getAsLong();
    }

    @Override
    public void fromMiner(byte[] bytes) {
        pool.inTurn(() -> {
            if (!outlet.isClosed()) {
                heardNanos = now();
                conversation.heard(bytes);
            }
        });
    }

    @Override
    public void minerClosed() {
        pool.inTurn(() -> close(Wire.Ending.FINISHED));
    }

    void push(Push push) {
        if (!outlet.isClosed() && conversation.isReady()) {
            conversation.push(push);
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
        outlet.say(message, pool.isSilent());
    }

    @Override
    public void hangUp(String why) {
        if (!outlet.isClosed()) {
            pool.report("closing connection " + number + ": " + why);
            close(Wire.Ending.FINISHED);
        }
    }

    @Override
    public boolean isDeaf() {
        return pool.isSilent();
    }

    @Override
    public Receipt enter(Submission submission, Verdict verdict) {
        return pool.enter(number, submission, verdict);
    }

    @Override
    public double difficulty() {
        return pool.difficulty();
    }
}
