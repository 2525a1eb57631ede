package filon.mining.pool.noise;

import filon.mining.pool.stratum2.message.Frame;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One connection's encryption without its socket: bytes that were read go in, frames and bytes to write come out. The bytes may come in
 * pieces of any length.
 *
 * <pre>
 *   HANDSHAKE -- second act is sent, or received and its certificate is good --> OPEN -- an altered byte --> ENDED
 *       '------------------------ an altered byte, a wrong certificate ---------------------------------------^
 * </pre>
 *
 * <p>Owned by one thread, but for {@link #seal}: once the channel is open, one other thread may seal.
 */
public final class NoiseChannel {
    private static final byte[] NOTHING = {};

    private sealed interface Stage {
        record Initiating(Initiator initiator) implements Stage {}

        record Responding(Responder responder) implements Stage {}

        record Open(FrameSealer sealer, FrameOpener opener) implements Stage {
            Open(Transport transport) {
                this(new FrameSealer(transport.sending()), new FrameOpener(transport.receiving()));
            }
        }

        record Ended(String why) implements Stage {}
    }

    private final ByteQueue received = new ByteQueue();
    private volatile Stage stage;
    private byte[] output;

    private NoiseChannel(Stage stage, byte[] output) {
        this.stage = stage;
        this.output = output;
    }

    /**
     * A client's channel; its first {@link #output} is to be written at once.
     *
     * @param authority whose servers are believed
     * @param clock which tells whether a certificate is valid
     * @param random not to be guessed, as that of {@link java.security.SecureRandom}
     */
    public static NoiseChannel initiator(AuthorityKey authority, Clock clock, RandomGenerator random) {
        Initiator initiator = new Initiator(authority, clock, random);
        return new NoiseChannel(new Stage.Initiating(initiator), initiator.begin());
    }

    /** A server's channel; it waits for the client's first act. */
    public static NoiseChannel responder(ServerIdentity identity, RandomGenerator random) {
        return new NoiseChannel(new Stage.Responding(new Responder(identity, random)), NOTHING);
    }

    /** The handshake's bytes that wait to be written, each once; empty when there are none. */
    public byte[] output() {
        byte[] taken = output;
        output = NOTHING;
        return taken;
    }

    /** Bytes that were read, in their order. */
    public void feed(byte[] bytes, int offset, int length) {
        received.add(bytes, offset, length);
    }

    /**
     * Takes the handshake, then the frames as far as their bytes have come; to be called after each {@link #feed} until nothing
     * comes, followed by {@link #output}.
     *
     * @throws NoiseException if a byte was altered or lost, the server is not vouched for, or a frame exceeds its limit; the same again
     *     on each later call
     */
    public Optional<Frame> next() throws NoiseException {
        try {
            return advance();
        } catch (NoiseException broken) {
            stage = new Stage.Ended(broken.getMessage());
            throw broken;
        }
    }

    private Optional<Frame> advance() throws NoiseException {
        return switch (stage) {
            case Stage.Initiating(Initiator initiator) -> {
                if (received.length() < Initiator.ANSWER_LENGTH) {
                    yield Optional.empty();
                }
                stage = new Stage.Open(initiator.finish(received.take(Initiator.ANSWER_LENGTH)));
                yield advance();
            }
            case Stage.Responding(Responder responder) -> {
                if (received.length() < EllSwift.LENGTH) {
                    yield Optional.empty();
                }
                Responder.Answer answer = responder.answer(received.take(EllSwift.LENGTH));
                output = answer.bytes();
                stage = new Stage.Open(answer.transport());
                yield advance();
            }
            case Stage.Open(FrameSealer sealer, FrameOpener opener) -> opener.next(received);
            case Stage.Ended(String why) -> throw new NoiseException(why);
        };
    }

    /** Whether frames may be sealed: the handshake is done, and nothing was wrong so far. */
    public boolean isOpen() {
        return stage instanceof Stage.Open;
    }

    /**
     * The bytes to write for a frame. They must be written in the order in which they were sealed.
     *
     * @throws NoiseException if the channel has ended
     * @throws IllegalStateException if the handshake is not done
     */
    public byte[] seal(Frame frame) throws NoiseException {
        return switch (stage) {
            case Stage.Open(FrameSealer sealer, FrameOpener opener) -> sealer.seal(frame);
            case Stage.Ended(String why) -> throw new NoiseException(why);
            case Stage.Initiating(Initiator initiator) -> throw notOpen();
            case Stage.Responding(Responder responder) -> throw notOpen();
        };
    }

    private static IllegalStateException notOpen() {
        return new IllegalStateException("no frame can be sealed before the handshake is done");
    }
}
