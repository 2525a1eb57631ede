package filon.mining.pool.stratum2.message;

import java.util.Optional;

/** One message of Stratum V2, either direction. A value exists only if it can be sent. */
public sealed interface Message permits ConnectionMessage, ChannelMessage, JobMessage, ShareMessage, Message.Unknown {
    /** Of an extension, or of a type that a standard channel does not need: kept as it is, to be ignored. */
    record Unknown(Frame frame) implements Message {}

    /** As it is sent. */
    Frame frame();

    /** @throws MalformedMessageException naming the message, the field and what is wrong with it */
    static Message of(Frame frame) throws MalformedMessageException {
        Optional<MessageType> type = MessageType.of(frame);
        return type.isPresent() ? type.get().decode(frame.payload()) : new Unknown(frame);
    }
}
