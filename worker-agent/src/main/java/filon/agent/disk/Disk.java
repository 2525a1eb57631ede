package filon.agent.disk;

import java.io.IOException;

/** The disk below an agent's home, as far as a simulation may want to fill it. */
@FunctionalInterface
public interface Disk {
    /** The machine's own: it says itself, at the write, when it takes no more. */
    Disk OWN = bytes -> {};

    /** @throws IOException if it does not take so many bytes more */
    void requireRoom(long bytes) throws IOException;
}
