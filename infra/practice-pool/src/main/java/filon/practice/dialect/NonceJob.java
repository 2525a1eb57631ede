package filon.practice.dialect;

import filon.mining.algorithm.Header;
import java.util.HexFormat;

/**
 * A job of a dialect whose miners choose a nonce and nothing else.
 *
 * @param number counts the pool's jobs from 1 on
 * @param time seconds since 1970
 */
record NonceJob(String id, long number, Header header, long time) {
    /** The hash that stands for the block, byte[32]. */
    String hash() {
        return HexFormat.of().formatHex(header.prefix(), 0, 32);
    }
}
