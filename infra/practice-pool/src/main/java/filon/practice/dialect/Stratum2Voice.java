package filon.practice.dialect;

import filon.mining.pool.noise.NoiseChannel;
import filon.mining.pool.noise.NoiseException;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.FrameHeader;
import filon.practice.book.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Says one conversation's messages of Stratum V2. They are encrypted when they are handed to the wire, so that none is missed by then. */
final class Stratum2Voice {
    private static final byte[] NOTHING = {};

    private final Desk desk;
    private final NoiseChannel channel;

    Stratum2Voice(Desk desk, NoiseChannel channel) {
        this.desk = desk;
        this.channel = channel;
    }

    /** What the handshake has to say. */
    void shakeHands() {
        byte[] bytes = channel.output();
        if (bytes.length > 0) {
            desk.say(new Message(Message.Kind.PUSH, bytes, bytes, List.of(), UnaryOperator.identity()));
        }
    }

    void push(filon.mining.pool.stratum2.message.Message message) {
        say(Message.Kind.PUSH, message, message, List.of());
    }

    /** @param misaddressed the same for a request or a channel that nobody knows */
    void reply(
            filon.mining.pool.stratum2.message.Message message,
            filon.mining.pool.stratum2.message.Message misaddressed) {
        say(Message.Kind.REPLY, message, misaddressed, List.of());
    }

    /**
     * @param misaddressed the same for a channel that nobody knows
     * @param receipts of the shares that it answers
     */
    void verdict(
            filon.mining.pool.stratum2.message.Message message,
            filon.mining.pool.stratum2.message.Message misaddressed,
            List<Receipt> receipts) {
        say(Message.Kind.VERDICT, message, misaddressed, receipts);
    }

    private void say(
            Message.Kind kind,
            filon.mining.pool.stratum2.message.Message message,
            filon.mining.pool.stratum2.message.Message misaddressed,
            List<Receipt> receipts) {
        desk.say(new Message(kind, bytes(message.frame()), bytes(misaddressed.frame()), receipts, this::sealed));
    }

    private static byte[] bytes(Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame.header().bytes());
        bytes.writeBytes(frame.payload().bytes());
        return bytes.toByteArray();
    }

    /** Of a channel that has ended nothing more can be read. */
    private byte[] sealed(byte[] bytes) {
        try {
            FrameHeader header = FrameHeader.of(Arrays.copyOf(bytes, FrameHeader.LENGTH));
            return channel.seal(Frame.of(header, Arrays.copyOfRange(bytes, FrameHeader.LENGTH, bytes.length)));
        } catch (NoiseException ended) {
            return NOTHING;
        } catch (IOException e) {
            throw new IllegalStateException("a message of our own is none", e);
        }
    }
}
