package filon.practice.dialect;

import filon.practice.book.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One whole message to a miner.
 *
 * @param bytes with its framing
 * @param misaddressed the same as an answer to something that was never asked; the same for what is no answer
 * @param receipts of the shares that it answers
 * @param seal what bytes become when they are handed to the wire, once and in that order: encryption that counts messages
 */
public record Message(
        Kind kind, byte[] bytes, byte[] misaddressed, List<Receipt> receipts, UnaryOperator<byte[]> seal) {
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
        receipts = List.copyOf(receipts);
    }

    /** In the clear. */
    Message(Kind kind, byte[] bytes, byte[] misaddressed, Optional<Receipt> receipt) {
        this(kind, bytes, misaddressed, receipt.stream().toList(), UnaryOperator.identity());
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
