package filon.local;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** One of the real servers behind the services, run by the testkit's wrapper. */
final class Server implements Part {
    private final String name;
    private final Starting starting;
    private final Runnable stopping;
    private final Runnable killing;
    private final BooleanSupplier alive;

    /** Starts and returns when ready. */
    @FunctionalInterface
    interface Starting {
        void start() throws IOException, InterruptedException;
    }

    Server(String name, Starting starting, Runnable stopping, Runnable killing, BooleanSupplier alive) {
        this.name = name;
        this.starting = starting;
        this.stopping = stopping;
        this.killing = killing;
        this.alive = alive;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        starting.start();
    }

    @Override
    public void stop() {
        stopping.run();
    }

    @Override
    public void kill() {
        killing.run();
    }

    @Override
    public boolean isAlive() {
        return alive.getAsBoolean();
    }
}
