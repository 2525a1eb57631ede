package filon.practice.wire;

import filon.practice.book.Receipt;
import filon.practice.dialect.Message;
import java.util.function.BiConsumer;

/** The last stretch from a conversation to the wire. */
public final class Outlet {
    private final Wire wire;
    private final BiConsumer<Receipt, Receipt.Answer> settled;
    private boolean closed;

    /** @param settled is told once of each verdict whether it was handed to the wire */
    public Outlet(Wire wire, BiConsumer<Receipt, Receipt.Answer> settled) {
        this.wire = wire;
        this.settled = settled;
    }

    public void say(Message message, boolean silent) {
        boolean sent = !closed && !silent;
        if (sent) {
            wire.toMiner(message.bytes());
        }
        message.receipt()
                .ifPresent(receipt -> settled.accept(receipt, sent ? Receipt.Answer.SENT : Receipt.Answer.LOST));
    }

    /** Ends the connection after what was said. */
    public void close(Wire.Ending ending) {
        if (!closed) {
            closed = true;
            wire.closed(ending);
        }
    }

    public boolean isClosed() {
        return closed;
    }
}
