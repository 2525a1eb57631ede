package filon.mining.pool.trial;

import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.Wire;
import filon.mining.pool.WireListener;
import filon.mining.pool.WireStep;
import filon.mining.pool.Wires;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out whether TLS is spoken where clear text got no answer: shakes hands with whoever it is, and says nothing. */
record TlsLook(Wires wires) {
    boolean isSpoken(PoolOrder order, Duration patience) {
        PoolOrder encrypted = new PoolOrder(
                order.at(Schemes.other(order.address())).pool(), new PoolTrust.Unverified(), 0, "", List.of());
        CompletableFuture<Boolean> isShown = new CompletableFuture<>();
        Wire wire = wires.open(encrypted, new WireListener() {
            @Override
            public void stepped(WireStep step) {
                if (step instanceof WireStep.Shown) {
                    isShown.complete(true);
                }
            }

            @Override
            public void opened(String peer) {}

            @Override
            public void received(byte[] bytes) {}

            @Override
            public void ended(String reason) {
                isShown.complete(false);
            }
        });
        try {
            return isShown.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it so", e);
        } finally {
            wire.close();
        }
    }
}
