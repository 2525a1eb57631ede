package filon.mining.pool.stratum2.message;

/** A message's bytes with its address: what is encrypted and sent. */
public record Frame(int extension, boolean toChannel, int type, ByteString payload) {
    /** Refuses what no header can tell, a payload of more than 64 KiB among it. */
    public Frame {
        new FrameHeader(extension, toChannel, type, payload.length());
    }

    /** @throws IllegalArgumentException if the payload is not as long as its header says */
    public static Frame of(FrameHeader header, byte[] payload) {
        if (payload.length != header.length()) {
            throw new IllegalArgumentException(
                    "payload of " + payload.length + " bytes under a header that says " + header.length());
        }
        return new Frame(header.extension(), header.toChannel(), header.type(), new ByteString(payload));
    }

    public FrameHeader header() {
        return new FrameHeader(extension, toChannel, type, payload.length());
    }
}
