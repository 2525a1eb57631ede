package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The identity of a GPU inside the platform: stable over restarts of its host, unique over all hosts. JSON: a string of 1
 * to 128 characters.
 *
 * <p>Made by the agent from the host's id and what the device itself offers (PCI id, else platform, name and index).
 */
public record GpuId(@JsonValue String value) implements Comparable<GpuId> {
    public static final int LENGTH_MAX = 128;

    public GpuId {
        if (value == null || value.isBlank() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a GPU id has 1 to " + LENGTH_MAX + " characters, not: " + value);
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static GpuId of(String value) {
        return new GpuId(value);
    }

    @Override
    public int compareTo(GpuId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
