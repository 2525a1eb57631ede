package filon.mining.pool.noise;

import java.io.IOException;

/** What came from the other side is not what it must be; the channel is over. */
public final class NoiseException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoiseException(String message) {
        super(message);
    }

    public NoiseException(String message, Throwable cause) {
        super(message, cause);
    }
}
