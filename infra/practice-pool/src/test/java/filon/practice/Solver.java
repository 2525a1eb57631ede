package filon.practice;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Target;
import java.util.HexFormat;

/** Tries nonces that begin with what a miner was given, until one counts (or one does not). */
record Solver(ProofOfWork algorithm, Header header, Target target) {
    private static final int TRIES = 4_096;

    static Solver of(ProofOfWork algorithm, String hash, long height, Target target) {
        return new Solver(algorithm, new Header(HexFormat.of().parseHex(hash), height), target);
    }

    /** 16 digits, the first ones as given. */
    String hit(String prefix) {
        return search(prefix, 0, true);
    }

    /** Another one. */
    String hitAfter(String nonce, String prefix) {
        return search(prefix, Long.parseUnsignedLong(nonce, 16) - first(prefix) + 1, true);
    }

    String miss(String prefix) {
        return search(prefix, 0, false);
    }

    String mix(String nonce) {
        return HexFormat.of().formatHex(digest(nonce).mix());
    }

    private Digest digest(String nonce) {
        return algorithm.digest(header, Long.parseUnsignedLong(nonce, 16));
    }

    private String search(String prefix, long from, boolean hit) {
        for (long i = from; i < from + TRIES; i++) {
            String nonce = String.format("%016x", first(prefix) + i);
            if (target.isMetBy(digest(nonce).hash()) == hit) {
                return nonce;
            }
        }
        throw new AssertionError("no nonce among " + TRIES);
    }

    private static long first(String prefix) {
        return Long.parseUnsignedLong((prefix + "0".repeat(16)).substring(0, 16), 16);
    }
}
