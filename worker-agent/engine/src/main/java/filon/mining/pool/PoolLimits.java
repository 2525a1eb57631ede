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
 * @param standby when another pool takes over
 */
public record PoolLimits(
        Duration connect,
        Duration answer,
        Duration ping,
        Duration silence,
        Duration retryFirst,
        Duration retryMax,
        StandbyLimits standby) {
    public static final PoolLimits USUAL = new PoolLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofMillis(500),
            Duration.ofSeconds(60));

    private static final Duration GUESS = Duration.ofSeconds(3);

    /** With the usual limits of standby. */
    public PoolLimits(
            Duration connect,
            Duration answer,
            Duration ping,
            Duration silence,
            Duration retryFirst,
            Duration retryMax) {
        this(connect, answer, ping, silence, retryFirst, retryMax, StandbyLimits.USUAL);
    }

    /** How long a pool may take to know us while it is not known what it speaks. */
    Duration guess() {
        return connect.compareTo(GUESS) < 0 ? connect : GUESS;
    }

    public PoolLimits {
        if (silence.compareTo(ping) <= 0 || retryMax.compareTo(retryFirst) < 0) {
            throw new IllegalArgumentException(
                    "silence " + silence + " must exceed ping " + ping + ", and retryMax " + retryMax + " retryFirst");
        }
    }
}
