package filon.mining.pool;

import java.util.function.Consumer;

/** Hears one wire: {@link #opened} once, {@link #received} often, {@link #ended} once and last. One call at a time. */
public interface WireListener {
    /** What is done on the way to {@link #opened} or {@link #ended}, for those who have to tell it. */
    default void stepped(WireStep step) {}

    /** @param peer the numeric address that was reached */
    void opened(String peer);

    /** May wait until the bytes can be taken, so that a pool cannot fill the memory. */
    void received(byte[] bytes);

    void ended(String reason);

    /** Hands every call on as a task, to whoever owns the listener. */
    static WireListener on(Consumer<Runnable> owner, WireListener listener) {
        return new WireListener() {
            @Override
            public void stepped(WireStep step) {
                owner.accept(() -> listener.stepped(step));
            }

            @Override
            public void opened(String peer) {
                owner.accept(() -> listener.opened(peer));
            }

            @Override
            public void received(byte[] bytes) {
                owner.accept(() -> listener.received(bytes));
            }

            @Override
            public void ended(String reason) {
                owner.accept(() -> listener.ended(reason));
            }
        };
    }
}
