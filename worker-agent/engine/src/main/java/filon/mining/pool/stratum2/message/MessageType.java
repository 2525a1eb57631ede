package filon.mining.pool.stratum2.message;

import java.util.Arrays;
import java.util.Optional;

/** The types that a standard channel needs: code, whether addressed to a channel, how to read it. Source: Stratum V2 chapter 8. */
enum MessageType {
    SETUP_CONNECTION("SetupConnection", 0x00, false, ConnectionMessage.SetupConnection::of),
    SETUP_CONNECTION_SUCCESS("SetupConnection.Success", 0x01, false, ConnectionMessage.SetupConnectionSuccess::of),
    SETUP_CONNECTION_ERROR("SetupConnection.Error", 0x02, false, ConnectionMessage.SetupConnectionError::of),
    CHANNEL_ENDPOINT_CHANGED("ChannelEndpointChanged", 0x03, true, ConnectionMessage.ChannelEndpointChanged::of),
    RECONNECT("Reconnect", 0x04, false, ConnectionMessage.Reconnect::of),
    OPEN_STANDARD_MINING_CHANNEL(
            "OpenStandardMiningChannel", 0x10, false, ChannelMessage.OpenStandardMiningChannel::of),
    OPEN_STANDARD_MINING_CHANNEL_SUCCESS(
            "OpenStandardMiningChannel.Success", 0x11, false, ChannelMessage.OpenStandardMiningChannelSuccess::of),
    OPEN_MINING_CHANNEL_ERROR("OpenMiningChannel.Error", 0x12, false, ChannelMessage.OpenMiningChannelError::of),
    NEW_MINING_JOB("NewMiningJob", 0x15, true, JobMessage.NewMiningJob::of),
    UPDATE_CHANNEL("UpdateChannel", 0x16, true, ChannelMessage.UpdateChannel::of),
    UPDATE_CHANNEL_ERROR("UpdateChannel.Error", 0x17, true, ChannelMessage.UpdateChannelError::of),
    CLOSE_CHANNEL("CloseChannel", 0x18, true, ChannelMessage.CloseChannel::of),
    SET_EXTRANONCE_PREFIX("SetExtranoncePrefix", 0x19, true, ChannelMessage.SetExtranoncePrefix::of),
    SUBMIT_SHARES_STANDARD("SubmitSharesStandard", 0x1a, true, ShareMessage.SubmitSharesStandard::of),
    SUBMIT_SHARES_SUCCESS("SubmitShares.Success", 0x1c, true, ShareMessage.SubmitSharesSuccess::of),
    SUBMIT_SHARES_ERROR("SubmitShares.Error", 0x1d, true, ShareMessage.SubmitSharesError::of),
    SET_NEW_PREV_HASH("SetNewPrevHash", 0x20, true, JobMessage.SetNewPrevHash::of),
    SET_TARGET("SetTarget", 0x21, true, JobMessage.SetTarget::of);

    private final String title;
    private final int code;
    private final boolean toChannel;
    private final Decoder decoder;

    @FunctionalInterface
    private interface Decoder {
        Message decode(FieldReader in) throws MalformedMessageException;
    }

    MessageType(String title, int code, boolean toChannel, Decoder decoder) {
        this.title = title;
        this.code = code;
        this.toChannel = toChannel;
        this.decoder = decoder;
    }

    /** A wrong channel bit is forgiven: it only tells proxies where to route what they do not know. */
    static Optional<MessageType> of(Frame frame) {
        return Arrays.stream(values())
                .filter(type -> frame.extension() == 0 && type.code == frame.type())
                .findFirst();
    }

    Message decode(ByteString payload) throws MalformedMessageException {
        try {
            return decoder.decode(new FieldReader(payload));
        } catch (MalformedMessageException | IllegalArgumentException malformed) {
            throw new MalformedMessageException(title + ": " + malformed.getMessage(), malformed);
        }
    }

    Frame frame(FieldWriter fields) {
        return new Frame(0, toChannel, code, fields.payload());
    }
}
