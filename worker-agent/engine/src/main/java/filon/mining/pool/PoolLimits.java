package filon.mining.pool;

import java.time.Duration;

/**
 * How long a session waits before it draws a conclusion.
 *
 * @param connect for the connection, the handshake, and then until subscribed and authorised
 * @param answer for the verdict on a share, and between two checks of it at most a second
 * @param ping silence after which the pool is asked for a sign of life
 * @param silence silence after which the session is given up
 * @param retryFirst first pause before a pool is tried again; doubles
 * @param retryMax longest pause
 */
public record PoolLimits(
        Duration connect, Duration answer, Duration ping, Duration silence, Duration retryFirst, Duration retryMax) {
    public static final PoolLimits USUAL = new PoolLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofMillis(500),
            Duration.ofSeconds(60));

    public PoolLimits {
        if (silence.compareTo(ping) <= 0 || retryMax.compareTo(retryFirst) < 0) {
            throw new IllegalArgumentException(
                    "silence " + silence + " must exceed ping " + ping + ", and retryMax " + retryMax + " retryFirst");
        }
    }
}
