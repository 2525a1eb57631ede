package filon.mining.pool.stratum2;

import filon.mining.pool.Wire;
import filon.mining.pool.noise.NoiseChannel;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.Message;
import java.io.IOException;
import java.util.Optional;

/** Messages over a wire, encrypted. Belongs to the thread that serves pools. */
final class Stratum2Wire {
    private final NoiseChannel channel;
    private final Wire wire;

    Stratum2Wire(NoiseChannel channel, Wire wire) {
        this.channel = channel;
        this.wire = wire;
    }

    /** Begins the handshake. */
    void shakeHands() {
        wire.send(channel.output());
    }

    void feed(byte[] bytes) {
        channel.feed(bytes, 0, bytes.length);
    }

    /**
     * The next message that has come whole; completes the handshake too.
     *
     * @throws IOException if bytes were altered, the server is not vouched for, or a message is malformed
     */
    Optional<Message> next() throws IOException {
        Optional<Frame> frame = channel.next();
        return frame.isPresent() ? Optional.of(Message.of(frame.get())) : Optional.empty();
    }

    /** Whether the handshake is done, so that messages can be sent. */
    boolean isOpen() {
        return channel.isOpen();
    }

    void send(Message message) throws IOException {
        wire.send(channel.seal(message.frame()));
    }
}
