package filon.mining.pool.stratum2.message;

/** What concerns a whole connection. Source: Stratum V2 chapter 3.6, flags 5.3.1. */
public sealed interface ConnectionMessage extends Message {
    /**
     * The client's first message.
     *
     * @param protocol {@link #MINING} for mining
     * @param flags {@link #REQUIRES_STANDARD_JOBS} and others
     * @param host that the client connected to, as its port
     * @param device unique identifier of the device; empty to tell nothing
     */
    record SetupConnection(
            int protocol,
            int minVersion,
            int maxVersion,
            long flags,
            String host,
            int port,
            String vendor,
            String hardwareVersion,
            String firmware,
            String device)
            implements ConnectionMessage {
        public static final int MINING = 0;
        public static final int VERSION = 2;
        public static final long REQUIRES_STANDARD_JOBS = 1;
        public static final long REQUIRES_WORK_SELECTION = 1 << 1;
        public static final long REQUIRES_VERSION_ROLLING = 1 << 2;

        public SetupConnection {
            Fields.range("protocol", protocol, 0xff);
            Fields.u16("min_version", minVersion);
            Fields.u16("max_version", maxVersion);
            Fields.u32("flags", flags);
            Fields.text("endpoint_host", host);
            Fields.u16("endpoint_port", port);
            Fields.text("vendor", vendor);
            Fields.text("hardware_version", hardwareVersion);
            Fields.text("firmware", firmware);
            Fields.text("device_id", device);
            if (minVersion > maxVersion) {
                throw new IllegalArgumentException("min_version " + minVersion + " is above max_version " + maxVersion);
            }
        }

        static SetupConnection of(FieldReader in) throws MalformedMessageException {
            return new SetupConnection(
                    in.u8("protocol"),
                    in.u16("min_version"),
                    in.u16("max_version"),
                    in.u32("flags"),
                    in.text("endpoint_host"),
                    in.u16("endpoint_port"),
                    in.text("vendor"),
                    in.text("hardware_version"),
                    in.text("firmware"),
                    in.text("device_id"));
        }

        @Override
        public Frame frame() {
            return MessageType.SETUP_CONNECTION.frame(new FieldWriter()
                    .u8(protocol)
                    .u16(minVersion)
                    .u16(maxVersion)
                    .u32(flags)
                    .text(host)
                    .u16(port)
                    .text(vendor)
                    .text(hardwareVersion)
                    .text(firmware)
                    .text(device));
        }
    }

    /** @param flags {@link #REQUIRES_FIXED_VERSION}, {@link #REQUIRES_EXTENDED_CHANNELS} */
    record SetupConnectionSuccess(int usedVersion, long flags) implements ConnectionMessage {
        public static final long REQUIRES_FIXED_VERSION = 1;
        public static final long REQUIRES_EXTENDED_CHANNELS = 1 << 1;

        public SetupConnectionSuccess {
            Fields.u16("used_version", usedVersion);
            Fields.u32("flags", flags);
        }

        static SetupConnectionSuccess of(FieldReader in) throws MalformedMessageException {
            return new SetupConnectionSuccess(in.u16("used_version"), in.u32("flags"));
        }

        @Override
        public Frame frame() {
            return MessageType.SETUP_CONNECTION_SUCCESS.frame(
                    new FieldWriter().u16(usedVersion).u32(flags));
        }
    }

    /** @param flags of the client that the server does not support; 0 if something else is wrong */
    record SetupConnectionError(long flags, String errorCode) implements ConnectionMessage {
        public SetupConnectionError {
            Fields.u32("flags", flags);
            Fields.text("error_code", errorCode);
        }

        static SetupConnectionError of(FieldReader in) throws MalformedMessageException {
            return new SetupConnectionError(in.u32("flags"), in.text("error_code"));
        }

        @Override
        public Frame frame() {
            return MessageType.SETUP_CONNECTION_ERROR.frame(
                    new FieldWriter().u32(flags).text(errorCode));
        }
    }

    /** Extensions of a channel have to be negotiated anew. */
    record ChannelEndpointChanged(long channelId) implements ConnectionMessage {
        public ChannelEndpointChanged {
            Fields.u32("channel_id", channelId);
        }

        static ChannelEndpointChanged of(FieldReader in) throws MalformedMessageException {
            return new ChannelEndpointChanged(in.u32("channel_id"));
        }

        @Override
        public Frame frame() {
            return MessageType.CHANNEL_ENDPOINT_CHANGED.frame(new FieldWriter().u32(channelId));
        }
    }

    /**
     * The server asks to come back elsewhere; the same authority must vouch for the server there.
     *
     * @param host empty: the present one
     * @param port 0: the present one
     */
    record Reconnect(String host, int port) implements ConnectionMessage {
        public Reconnect {
            Fields.text("new_host", host);
            Fields.u16("new_port", port);
        }

        static Reconnect of(FieldReader in) throws MalformedMessageException {
            return new Reconnect(in.text("new_host"), in.u16("new_port"));
        }

        @Override
        public Frame frame() {
            return MessageType.RECONNECT.frame(new FieldWriter().text(host).u16(port));
        }
    }
}
