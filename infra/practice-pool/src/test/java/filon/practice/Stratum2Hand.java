package filon.practice;

import filon.mining.pool.noise.AuthorityKey;
import filon.mining.pool.noise.NoiseChannel;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.Message;
import filon.practice.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A miner of Stratum V2 led by a test, in the pool's own thread: what it says is heard at once, and all that it is told is kept. */
final class Stratum2Hand implements Wire {
    private final NoiseChannel channel;
    private final PracticeLink link;
    private final List<Message> heard = new ArrayList<>();
    private Optional<String> unreadable = Optional.empty();
    private Optional<Ending> ending = Optional.empty();

    /** The handshake is done, where the pool says its part at once. */
    Stratum2Hand(Scene scene) {
        channel =
                NoiseChannel.initiator(AuthorityKey.of(scene.pool.key()), scene.time.clock(), new SplittableRandom(2));
        link = scene.pool.connect(this);
        link.fromMiner(channel.output());
    }

    @Override
    public void toMiner(byte[] bytes) {
        channel.feed(bytes, 0, bytes.length);
        try {
            for (Optional<Frame> next = channel.next(); next.isPresent(); next = channel.next()) {
                heard.add(Message.of(next.get()));
            }
        } catch (IOException e) {
            unreadable = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void closed(Ending how) {
        ending = Optional.of(how);
    }

    PracticeLink link() {
        return link;
    }

    Optional<Ending> ending() {
        return ending;
    }

    /** Why what was said cannot be read. */
    Optional<String> unreadable() {
        return unreadable;
    }

    byte[] sealed(Message message) {
        try {
            return channel.seal(message.frame());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says these messages, and returns all that was said since the last time. */
    List<Message> say(Message... messages) {
        for (Message message : messages) {
            link.fromMiner(sealed(message));
        }
        return heard();
    }

    /** All messages since the last time. */
    List<Message> heard() {
        List<Message> fresh = List.copyOf(heard);
        heard.clear();
        return fresh;
    }
}
