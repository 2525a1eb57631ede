package filon.mining.pool.stratum2.message;

import filon.mining.algorithm.Target;

/** How a channel is opened, changed and closed. Source: Stratum V2 chapter 5.3.2 to 5.3.10. */
public sealed interface ChannelMessage extends Message {
    /** @param nominalHashRate hashes per second that are expected */
    record OpenStandardMiningChannel(long requestId, String userIdentity, float nominalHashRate, Target maxTarget)
            implements ChannelMessage {
        public OpenStandardMiningChannel {
            Fields.u32("request_id", requestId);
            Fields.text("user_identity", userIdentity);
            Fields.hashRate("nominal_hash_rate", nominalHashRate);
        }

        static OpenStandardMiningChannel of(FieldReader in) throws MalformedMessageException {
            return new OpenStandardMiningChannel(
                    in.u32("request_id"),
                    in.text("user_identity"),
                    in.f32("nominal_hash_rate"),
                    in.target("max_target"));
        }

        @Override
        public Frame frame() {
            return MessageType.OPEN_STANDARD_MINING_CHANNEL.frame(new FieldWriter()
                    .u32(requestId)
                    .text(userIdentity)
                    .f32(nominalHashRate)
                    .target(maxTarget));
        }
    }

    /** @param extranoncePrefix at most 32 bytes; tells channels of one group apart */
    record OpenStandardMiningChannelSuccess(
            long requestId, long channelId, Target target, ByteString extranoncePrefix, long groupChannelId)
            implements ChannelMessage {
        public OpenStandardMiningChannelSuccess {
            Fields.u32("request_id", requestId);
            Fields.u32("channel_id", channelId);
            Fields.upTo32("extranonce_prefix", extranoncePrefix);
            Fields.u32("group_channel_id", groupChannelId);
        }

        static OpenStandardMiningChannelSuccess of(FieldReader in) throws MalformedMessageException {
            return new OpenStandardMiningChannelSuccess(
                    in.u32("request_id"),
                    in.u32("channel_id"),
                    in.target("target"),
                    in.upTo32("extranonce_prefix"),
                    in.u32("group_channel_id"));
        }

        @Override
        public Frame frame() {
            return MessageType.OPEN_STANDARD_MINING_CHANNEL_SUCCESS.frame(new FieldWriter()
                    .u32(requestId)
                    .u32(channelId)
                    .target(target)
                    .shortBytes(extranoncePrefix)
                    .u32(groupChannelId));
        }
    }

    /** No channel was opened. */
    record OpenMiningChannelError(long requestId, String errorCode) implements ChannelMessage {
        public OpenMiningChannelError {
            Fields.u32("request_id", requestId);
            Fields.text("error_code", errorCode);
        }

        static OpenMiningChannelError of(FieldReader in) throws MalformedMessageException {
            return new OpenMiningChannelError(in.u32("request_id"), in.text("error_code"));
        }

        @Override
        public Frame frame() {
            return MessageType.OPEN_MINING_CHANNEL_ERROR.frame(
                    new FieldWriter().u32(requestId).text(errorCode));
        }
    }

    /** The client's wish; the server answers with a target, or with {@link UpdateChannelError}. */
    record UpdateChannel(long channelId, float nominalHashRate, Target maximumTarget) implements ChannelMessage {
        public UpdateChannel {
            Fields.u32("channel_id", channelId);
            Fields.hashRate("nominal_hash_rate", nominalHashRate);
        }

        static UpdateChannel of(FieldReader in) throws MalformedMessageException {
            return new UpdateChannel(in.u32("channel_id"), in.f32("nominal_hash_rate"), in.target("maximum_target"));
        }

        @Override
        public Frame frame() {
            return MessageType.UPDATE_CHANNEL.frame(
                    new FieldWriter().u32(channelId).f32(nominalHashRate).target(maximumTarget));
        }
    }

    /** The channel stays as it was. */
    record UpdateChannelError(long channelId, String errorCode) implements ChannelMessage {
        public UpdateChannelError {
            Fields.u32("channel_id", channelId);
            Fields.text("error_code", errorCode);
        }

        static UpdateChannelError of(FieldReader in) throws MalformedMessageException {
            return new UpdateChannelError(in.u32("channel_id"), in.text("error_code"));
        }

        @Override
        public Frame frame() {
            return MessageType.UPDATE_CHANNEL_ERROR.frame(
                    new FieldWriter().u32(channelId).text(errorCode));
        }
    }

    /** By either side; of a group's id, all channels of the group are closed. */
    record CloseChannel(long channelId, String reasonCode) implements ChannelMessage {
        public CloseChannel {
            Fields.u32("channel_id", channelId);
            Fields.text("reason_code", reasonCode);
        }

        static CloseChannel of(FieldReader in) throws MalformedMessageException {
            return new CloseChannel(in.u32("channel_id"), in.text("reason_code"));
        }

        @Override
        public Frame frame() {
            return MessageType.CLOSE_CHANNEL.frame(
                    new FieldWriter().u32(channelId).text(reasonCode));
        }
    }

    /** Holds for the jobs that follow; those of a standard channel have it in their merkle root already. */
    record SetExtranoncePrefix(long channelId, ByteString extranoncePrefix) implements ChannelMessage {
        public SetExtranoncePrefix {
            Fields.u32("channel_id", channelId);
            Fields.upTo32("extranonce_prefix", extranoncePrefix);
        }

        static SetExtranoncePrefix of(FieldReader in) throws MalformedMessageException {
            return new SetExtranoncePrefix(in.u32("channel_id"), in.upTo32("extranonce_prefix"));
        }

        @Override
        public Frame frame() {
            return MessageType.SET_EXTRANONCE_PREFIX.frame(
                    new FieldWriter().u32(channelId).shortBytes(extranoncePrefix));
        }
    }
}
