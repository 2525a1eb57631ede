package filon.simulation.host;

import filon.agent.uplink.Uplink;
import filon.agent.uplink.UplinkRecord;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A way to the brokers that takes nothing while the host is cut off. */
record CutUplink(Uplink uplink, BooleanSupplier isCutOff) implements Uplink {
    @Override
    public CompletableFuture<Void> send(UplinkRecord record) {
        return isCutOff.getAsBoolean()
                ? CompletableFuture.failedFuture(new IOException("no way to the brokers: the host is cut off"))
                : uplink.send(record);
    }

    @Override
    public void close() {
        uplink.close();
    }
}
