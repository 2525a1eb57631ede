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
 * again; when that happens once more, the device is not used any longer. Belongs to the device's thread.
 */
final class ProvedSearcher {
    static final int HITS_WATCHED = 32;
    static final int WRONG_MAX = 4;
    private static final int PAIRS = 16;
    /** So many right hits in a row after it was made anew, and the next time counts as the first. */
    private static final int RIGHT_TO_TRUST = 1_000;

    private final ProofOfWork algorithm;
    private final Searcher searcher;
    private final RandomGenerator random;
    private Optional<Object> proved;
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
        if (rightHits >= RIGHT_TO_TRUST) {
            wasDistrusted = false;
        }
        if (Integer.bitCount(wrongHits) >= WRONG_MAX) {
            distrust();
        }
    }

    private void distrust() {
        if (wasDistrusted) {
            throw new DeviceWrongException(WRONG_MAX + " of the device's last " + HITS_WATCHED
                    + " hits are none by the CPU, again after its table was made anew");
        }
        wasDistrusted = true;
        wrongHits = 0;
        proved = Optional.empty();
        searcher.distrust();
    }
}
