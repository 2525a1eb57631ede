package filon.billing;

import filon.contracts.message.Envelope;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.uplink.UplinkKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A host that writes numbered, chained reports with its own MAC, as an agent does. */
public final class TestHost {
    /** One hash in 256 meets it. */
    public static final String TARGET = "00" + "ff".repeat(31);

    private static final UplinkKeys KEYS = new UplinkKeys(HexFormat.of().parseHex(BillingDatabase.UPLINK_SECRET));
    private final HostId id;
    private final long incarnation;
    private long sequence;
    private String previous = "0".repeat(64);
    private long offset;

    public TestHost(HostId id, long incarnation) {
        this.id = id;
        this.incarnation = incarnation;
    }

    public static TestHost fresh() {
        return new TestHost(HostId.of(UUID.randomUUID()), 1);
    }

    /** The same host after a restart of its agent: numbers and chain begin again. */
    public TestHost restarted() {
        return new TestHost(id, incarnation + 1);
    }

    public HostId id() {
        return id;
    }

    public long incarnation() {
        return incarnation;
    }

    /** The next report of this host. */
    public RawRecord report(GpuUsage... usage) {
        byte[] value = bytes(++sequence, previous, usage);
        previous = sha256(value);
        return signed(value);
    }

    /** A report that claims a place of its own choosing in the chain. */
    public RawRecord forged(long claimedSequence, String claimedPrevious, GpuUsage... usage) {
        return signed(bytes(claimedSequence, claimedPrevious, usage));
    }

    /** Any bytes with this host's genuine MAC. */
    public RawRecord signed(byte[] value) {
        byte[] mac = UplinkKeys.mac(KEYS.keyOf(id), Topics.USAGE_REPORTS, id.toString(), value);
        return record(value, mac);
    }

    /** Any bytes with any MAC. */
    public RawRecord record(byte[] value, byte[] mac) {
        return new RawRecord(
                Topics.USAGE_REPORTS,
                0,
                offset++,
                id.toString(),
                Map.of(UplinkHeaders.HOST, id.toString().getBytes(StandardCharsets.UTF_8), UplinkHeaders.MAC, mac),
                value);
    }

    /** A header that meets {@link #TARGET}, found by hashing, different for each draw. */
    public static ShareProof share(long atMillis, Random random) {
        byte[] header = new byte[80];
        random.nextBytes(header);
        for (int nonce = 0; ; nonce++) {
            ByteBuffer.wrap(header).putInt(76, nonce);
            byte[] hash = digest(digest(header));
            if (hash[31] == 0) {
                return new ShareProof(atMillis, HexFormat.of().formatHex(header), TARGET);
            }
        }
    }

    private byte[] bytes(long number, String previousSha256, GpuUsage... usage) {
        UsageReport report =
                new UsageReport(id, incarnation, number, previousSha256, MovableClock.START, List.of(usage));
        UUID messageId =
                UUID.nameUUIDFromBytes((id + "/" + incarnation + "/" + number).getBytes(StandardCharsets.UTF_8));
        return MessageCodec.encode(Envelope.of(messageId, Instant.EPOCH, "agent-" + id, number, report));
    }

    private static String sha256(byte[] value) {
        return HexFormat.of().formatHex(digest(value));
    }

    private static byte[] digest(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
