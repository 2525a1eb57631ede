package filon.local;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** One of the real servers behind the services, run by the testkit's wrapper. */
final class Server implements Part {
    private final String name;
    private final Hands hands;
    private final LeftOvers leftOvers;

    /** Starts and returns when ready. */
    @FunctionalInterface
    interface Starting {
        void start() throws IOException, InterruptedException;
    }

    /** What the wrapper offers. */
    record Hands(Starting starting, Runnable stopping, Runnable killing, BooleanSupplier alive, LongSupplier pid) {}

    Server(String name, Hands hands, LeftOvers leftOvers) {
        this.name = name;
        this.hands = hands;
        this.leftOvers = leftOvers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        hands.starting().start();
        Optional<ProcessHandle> process = ProcessHandle.of(hands.pid().getAsLong());
        if (process.isPresent()) {
            leftOvers.rememberWithChildren(name, process.get());
        }
    }

    @Override
    public void stop() {
        hands.stopping().run();
    }

    @Override
    public void kill() {
        hands.killing().run();
    }

    @Override
    public boolean isAlive() {
        return hands.alive().getAsBoolean();
    }

    @Override
    public long pid() {
        return hands.pid().getAsLong();
    }
}
