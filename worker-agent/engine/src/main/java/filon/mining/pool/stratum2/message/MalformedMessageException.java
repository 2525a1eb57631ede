package filon.mining.pool.stratum2.message;

import java.io.IOException;

/** Bytes that are no frame or no message: names the message, the field and the limit. */
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }

    public MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
