package filon.simulation.host;

import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Holds the way of orders up while the host is cut off, as a network would: they come later, all of them, in their order. */
final class OrderGate {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private final BooleanSupplier isCutOff;
    private final Consumer<Duration> pause;
    private final Consumer<OrderRecord> receiver;
    private volatile boolean isClosed;

    OrderGate(BooleanSupplier isCutOff, Consumer<Duration> pause, Consumer<OrderRecord> receiver) {
        this.isCutOff = isCutOff;
        this.pause = pause;
        this.receiver = receiver;
    }

    /** On the thread that brings orders, which waits here; a record that waits when the gate is closed is read again later. */
    void pass(OrderRecord record) {
        while (isCutOff.getAsBoolean() && !isClosed) {
            pause.accept(LOOK_AGAIN);
        }
        if (!isClosed) {
            receiver.accept(record);
        }
    }

    OrderSource around(OrderSource source) {
        return new OrderSource() {
            @Override
            public boolean isConnected() {
                return source.isConnected() && !isCutOff.getAsBoolean();
            }

            @Override
            public void close() {
                isClosed = true;
                source.close();
            }
        };
    }
}
