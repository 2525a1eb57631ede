package filon.practice.dialect;

import filon.practice.book.Receipt;
import java.util.Optional;

/**
 * One whole message to a miner.
 *
 * @param bytes with its framing
 * @param misaddressed the same as an answer to something that was never asked; the same for what is no answer
 */
public record Message(Kind kind, byte[] bytes, byte[] misaddressed, Optional<Receipt> receipt) {
    /** What a message is to the miner. */
    public enum Kind {
        REPLY,
        /** The reply to a share. */
        VERDICT,
        PUSH
    }

    public Message {
        bytes = bytes.clone();
        misaddressed = misaddressed.clone();
    }

    static Message of(Kind kind, byte[] bytes, byte[] misaddressed) {
        return new Message(kind, bytes, misaddressed, Optional.empty());
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public byte[] misaddressed() {
        return misaddressed.clone();
    }

    public boolean isReply() {
        return kind != Kind.PUSH;
    }
}
