package filon.agent;

import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.uplink.Uplink;
import filon.agent.uplink.UplinkRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The two ways to the brokers under the identity of the moment: records out, orders in.
 *
 * <p>When the identity is renewed, the old ways are closed before the new ones are opened, so that nothing overtakes what is on its
 * way; who sends meanwhile is refused and sends again, and orders are read again from the beginning.
 */
final class Connections implements Uplink {
    private final Outside outside;
    private final HostKey key;
    private final Consumer<OrderRecord> receiver;
    private Uplink uplink;
    private Optional<OrderSource> orders = Optional.empty();
    private boolean isClosed;

    private Connections(Outside outside, Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
        this.outside = outside;
        this.key = key;
        this.receiver = receiver;
        this.uplink = outside.uplink(identity, key);
    }

    /** Opens the way out; {@link #follow} opens the way in. */
    static Connections open(Outside outside, Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
        return new Connections(outside, identity, key, receiver);
    }

    void follow(Identity identity) {
        OrderSource fresh = outside.orders(identity, key, receiver);
        if (!takes(fresh)) {
            fresh.close();
        }
    }

    /** Goes on under another certificate. */
    void renew(Identity identity) {
        closeOrders();
        current().close();
        Uplink fresh = outside.uplink(identity, key);
        if (!takes(fresh)) {
            fresh.close();
            return;
        }
        follow(identity);
    }

    @Override
    public CompletableFuture<Void> send(UplinkRecord record) {
        return current().send(record);
    }

    synchronized boolean isConnected() {
        return orders.filter(OrderSource::isConnected).isPresent();
    }

    void closeOrders() {
        Optional<OrderSource> last;
        synchronized (this) {
            last = orders;
            orders = Optional.empty();
        }
        last.ifPresent(OrderSource::close);
    }

    /** For good: what is renewed later is closed at once. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        closeOrders();
        current().close();
    }

    private synchronized Uplink current() {
        return uplink;
    }

    private synchronized boolean takes(Uplink fresh) {
        if (!isClosed) {
            uplink = fresh;
        }
        return !isClosed;
    }

    private synchronized boolean takes(OrderSource fresh) {
        if (!isClosed) {
            orders = Optional.of(fresh);
        }
        return !isClosed;
    }
}
