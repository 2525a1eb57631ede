package filon.plumbing.inbox;

import filon.contracts.message.Envelope;
import java.util.Map;

/** A decoded message and where it stood. */
public record Received(
        String topic,
        int partition,
        long offset,
        String key,
        Map<String, byte[]> headers,
        byte[] value,
        Envelope envelope) {}
