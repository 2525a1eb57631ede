package filon.plumbing.inbox;

import java.util.Map;

/** A record as it lies on the topic; {@code value} is null for a tombstone. */
public record RawRecord(
        String topic, int partition, long offset, String key, Map<String, byte[]> headers, byte[] value) {}
