package filon.mining.engine;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Proves a kernel on the device it was built for, before that device may earn.
 *
 * <p>A kernel tells hits, not hashes. That it hits with the true hash as target and misses with one less fixes all 256 bits.
 */
public final class Proving {
    private static final int WINDOW = 2_048;
    private static final int NONCES_PER_HEADER = 16;

    private final ProofOfWork algorithm;
    private final Searcher searcher;

    public Proving(ProofOfWork algorithm, Searcher searcher) {
        this.algorithm = algorithm;
        this.searcher = searcher;
    }

    /**
     * Every public known answer: by the CPU reference, and by the device among its neighbours.
     *
     * @return how many there are
     * @throws DeviceWrongException naming the first that differs
     */
    public int knownAnswers() {
        List<KnownAnswer> answers = algorithm.knownAnswers();
        for (KnownAnswer answer : answers) {
            byte[] computed = algorithm.hash(answer.prefix(), answer.nonce());
            if (!Arrays.equals(computed, answer.hash())) {
                throw new DeviceWrongException(
                        "the CPU reference gives " + HexFormat.of().formatHex(computed) + " for " + answer.name()
                                + ", not " + HexFormat.of().formatHex(answer.hash()));
            }
            long first = Math.clamp(answer.nonce() - WINDOW / 2, 0, algorithm.nonceCount() - WINDOW);
            compareAround(answer.name(), answer.prefix(), answer.nonce(), new NonceRange(first, WINDOW));
        }
        return answers.size();
    }

    /**
     * Random headers and nonces on which CPU and device must agree bit for bit.
     *
     * @return how many pairs were compared: the wanted number, rounded up to whole headers
     * @throws DeviceWrongException naming the first pair that differs
     */
    public int randomPairs(int wanted, RandomGenerator random) {
        int pairs = 0;
        while (pairs < wanted) {
            byte[] prefix = new byte[algorithm.prefixLength()];
            random.nextBytes(prefix);
            long first = random.nextLong(algorithm.nonceCount() - NONCES_PER_HEADER + 1);
            NonceRange range = new NonceRange(first, NONCES_PER_HEADER);
            for (long nonce = range.first(); nonce < range.end(); nonce++) {
                compareAround("random header " + HexFormat.of().formatHex(prefix), prefix, nonce, range);
            }
            pairs += NONCES_PER_HEADER;
        }
        return pairs;
    }

    private void compareAround(String name, byte[] prefix, long nonce, NonceRange range) {
        BigInteger hash = new BigInteger(1, algorithm.hash(prefix, nonce));
        compare(name, new Work(prefix, Target.of(hash)), range);
        compare(name, new Work(prefix, Target.of(hash.subtract(BigInteger.ONE).max(BigInteger.ZERO))), range);
    }

    private void compare(String name, Work work, NonceRange range) {
        TreeSet<Long> expected = new TreeSet<>();
        byte[] prefix = work.prefix();
        for (long nonce = range.first(); nonce < range.end(); nonce++) {
            if (work.target().isMetBy(algorithm.hash(prefix, nonce))) {
                expected.add(nonce);
            }
        }
        BatchResult result = searcher.submit(work, range).await();
        if (!expected.equals(new TreeSet<>(result.nonces())) || result.nonces().size() != expected.size()) {
            throw new DeviceWrongException("the device finds " + result.nonces().size() + " of " + expected.size()
                    + " expected hits " + expected.stream().limit(3).toList() + " for " + name + " with target "
                    + work.target());
        }
    }
}
