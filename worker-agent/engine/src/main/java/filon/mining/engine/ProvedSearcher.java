package filon.mining.engine;

import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A searcher that earns only while it is right: proved against the CPU for each new table and program, and by each of its hits.
 *
 * <p>When {@value #WRONG_MAX} of its last {@value #HITS_WATCHED} hits are wrong, what was prepared is given up, made anew and proved
 * again; so it is when no hit comes where {@value #MISSING_MAX} are to be expected: a device can be busy and yet not hash. When either
 * happens once more, the device is not used any longer. Belongs to the device's thread.
 */
final class ProvedSearcher {
    static final int HITS_WATCHED = 32;
    static final int WRONG_MAX = 4;
    /** So many hits missing in a row come by chance once in 10^11 times. */
    static final double MISSING_MAX = 25;

    private static final int PAIRS = 16;
    /** So many right hits in a row after it was made anew, and the next time counts as the first. */
    private static final int RIGHT_TO_TRUST = 1_000;

    private final ProofOfWork algorithm;
    private final Searcher searcher;
    private final RandomGenerator random;
    private Optional<Object> proved;
    private double hitsExpected;
    private int wrongHits;
    private int rightHits;
    private boolean wasDistrusted;

    /** @param proved what the searcher was proved for already, {@link Searcher#basis} */
    ProvedSearcher(ProofOfWork algorithm, Searcher searcher, RandomGenerator random, Optional<Object> proved) {
        this.algorithm = algorithm;
        this.searcher = searcher;
        this.random = random;
        this.proved = proved;
    }

    Searcher searcher() {
        return searcher;
    }

    ProofOfWork algorithm() {
        return algorithm;
    }

    /** Whether {@link #prepare} would only look: the header needs nothing that is not there and proved. */
    boolean isProvedFor(Header header) {
        return proved.filter(searcher.basis(header)::equals).isPresent();
    }

    /**
     * Takes one step towards being ready for this header; the last is the proof. No batch may be queued.
     *
     * @throws DeviceWrongException if the device computes something else than the CPU
     */
    Progress prepare(Header header) {
        Progress progress = searcher.prepare(header);
        if (!progress.isReady() || isProvedFor(header)) {
            return progress;
        }
        new Proving(algorithm, searcher).randomPairs(PAIRS, header.height(), random);
        proved = Optional.of(searcher.basis(header));
        return progress;
    }

    /**
     * The device says that it tried so many nonces; to be told before their hits are looked at.
     *
     * @throws DeviceWrongException if hits have been missing for too long, and were so before
     */
    void tried(Work work, long nonces) {
        hitsExpected += nonces / work.target().hashesPerHit();
        if (hitsExpected > MISSING_MAX + nonces / work.target().hashesPerHit()) {
            distrust("the device found none of " + (long) hitsExpected + " hits to be expected");
        }
    }

    /** As {@link Searcher#prepareAhead}; what is made is proved when it is used. */
    void prepareAhead(Header header, long nowNanos) {
        if (isProvedFor(header)) {
            searcher.prepareAhead(header, nowNanos);
        }
    }

    /**
     * Looks now and then whether what was prepared is still what it was.
     *
     * @throws DeviceWrongException if it is not, and was not before
     */
    void inspect(long nowNanos) {
        if (proved.isPresent()) {
            searcher.inspect(nowNanos).ifPresent(this::distrust);
        }
    }

    /**
     * What a hit of the device hashes to by the CPU; empty if it is none.
     *
     * @throws DeviceWrongException if too many of the last hits were none, and were so before
     */
    Optional<Digest> confirmed(Work work, NonceRange range, long nonce) {
        Digest digest = algorithm.digest(work.header(), nonce);
        boolean isHit = range.contains(nonce) && work.target().isMetBy(digest.hash());
        if (proved.isPresent()) {
            watch(isHit);
        }
        return isHit ? Optional.of(digest) : Optional.empty();
    }

    /** Not called for what was queued before the device was distrusted: that says nothing about what it will have then. */
    private void watch(boolean isHit) {
        wrongHits = wrongHits << 1 | (isHit ? 0 : 1);
        rightHits = isHit ? rightHits + 1 : 0;
        hitsExpected = isHit ? 0 : hitsExpected;
        if (rightHits >= RIGHT_TO_TRUST) {
            wasDistrusted = false;
        }
        if (Integer.bitCount(wrongHits) >= WRONG_MAX) {
            distrust(WRONG_MAX + " of the device's last " + HITS_WATCHED + " hits are none by the CPU");
        }
    }

    private void distrust(String why) {
        if (wasDistrusted) {
            throw new DeviceWrongException(why + ", again after it was prepared anew");
        }
        wasDistrusted = true;
        wrongHits = 0;
        hitsExpected = 0;
        proved = Optional.empty();
        searcher.distrust();
    }
}
