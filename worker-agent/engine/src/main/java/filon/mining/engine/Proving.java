package filon.mining.engine;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Proves a kernel on the device it was built for, before that device may earn.
 *
 * <p>A kernel tells hits, not hashes. That it hits with the true hash as target and misses with one less fixes all 256 bits.
 */
public final class Proving {
    private static final int NONCES_PER_HEADER = 16;

    private final ProofOfWork algorithm;
    private final Searcher searcher;

    public Proving(ProofOfWork algorithm, Searcher searcher) {
        this.algorithm = algorithm;
        this.searcher = searcher;
    }

    /**
     * How many public known answers agreed.
     *
     * @param onDevice those whose tables the device has room for
     */
    public record Agreed(int onCpu, int onDevice) {}

    /**
     * Every public known answer: by the CPU reference, and by the device among its neighbours.
     *
     * @throws DeviceWrongException naming the first that differs
     */
    public Agreed knownAnswers() {
        List<KnownAnswer> answers = algorithm.knownAnswers();
        int onDevice = 0;
        for (KnownAnswer answer : answers) {
            requireReference(answer);
            long window = Math.min(algorithm.provingWindow(), 1L << Math.min(algorithm.nonceBits(), 62));
            NonceRange range = window(answer.nonce(), window);
            if (isPrepared(answer.header(), range)) {
                compareAround(neighbours(answer.name(), answer.header(), range), answer.nonce());
                onDevice++;
            }
        }
        return new Agreed(answers.size(), onDevice);
    }

    private boolean isPrepared(Header header, NonceRange range) {
        try {
            searcher.prepareOnly(header, range);
            return true;
        } catch (OutOfDeviceMemoryException e) {
            return false;
        }
    }

    private void requireReference(KnownAnswer answer) {
        Digest computed = algorithm.digest(answer.header(), answer.nonce());
        requireSame("hash", answer, computed.hash(), answer.digest().hash());
        requireSame("mix", answer, computed.mix(), answer.digest().mix());
    }

    private static void requireSame(String what, KnownAnswer answer, byte[] computed, byte[] known) {
        if (!Arrays.equals(computed, known)) {
            throw new DeviceWrongException("the CPU reference gives the " + what + " "
                    + HexFormat.of().formatHex(computed) + " for " + answer.name() + ", not "
                    + HexFormat.of().formatHex(known));
        }
    }

    /** So many nonces around one, within what the algorithm has. */
    private NonceRange window(long nonce, long length) {
        NonceSpace space = NonceSpace.ofBits(algorithm.nonceBits());
        long before = Long.compareUnsigned(nonce, length / 2) < 0 ? nonce : length / 2;
        long first = nonce - before;
        long lastFirst = space.last() - (length - 1);
        return new NonceRange(Long.compareUnsigned(first, lastFirst) > 0 ? lastFirst : first, length);
    }

    /**
     * Random headers and nonces on which CPU and device must agree bit for bit.
     *
     * @param height of every header
     * @return how many pairs were compared: the wanted number, rounded up to whole headers
     * @throws DeviceWrongException naming the first pair that differs
     */
    public int randomPairs(int wanted, long height, RandomGenerator random) {
        int pairs = 0;
        while (pairs < wanted) {
            byte[] prefix = new byte[algorithm.prefixLength()];
            random.nextBytes(prefix);
            Header header = new Header(prefix, height);
            long nonce = random.nextLong() >>> (Long.SIZE - algorithm.nonceBits());
            NonceRange range = window(nonce, NONCES_PER_HEADER);
            prepare(header);
            Neighbours neighbours = neighbours(
                    "random header " + HexFormat.of().formatHex(prefix) + " of height " + height, header, range);
            for (int i = 0; i < NONCES_PER_HEADER; i++) {
                compareAround(neighbours, range.first() + i);
            }
            pairs += NONCES_PER_HEADER;
        }
        return pairs;
    }

    private void prepare(Header header) {
        boolean isReady;
        do {
            isReady = searcher.prepare(header).isReady();
        } while (!isReady);
    }

    /** A range with the hash of each of its nonces by the CPU reference, computed once. */
    private record Neighbours(String name, Header header, NonceRange range, List<byte[]> hashes) {
        byte[] hash(long nonce) {
            return hashes.get((int) (nonce - range.first()));
        }
    }

    private Neighbours neighbours(String name, Header header, NonceRange range) {
        List<byte[]> hashes = LongStream.range(0, range.count())
                .parallel()
                .mapToObj(offset ->
                        algorithm.digest(header, range.first() + offset).hash())
                .toList();
        return new Neighbours(name, header, range, hashes);
    }

    private void compareAround(Neighbours neighbours, long nonce) {
        BigInteger hash = new BigInteger(1, neighbours.hash(nonce));
        compare(neighbours, Target.of(hash));
        compare(neighbours, Target.of(hash.subtract(BigInteger.ONE).max(BigInteger.ZERO)));
    }

    private void compare(Neighbours neighbours, Target target) {
        NonceRange range = neighbours.range();
        TreeSet<Long> expected = new TreeSet<>();
        for (long offset = 0; offset < range.count(); offset++) {
            if (target.isMetBy(neighbours.hash(range.first() + offset))) {
                expected.add(range.first() + offset);
            }
        }
        BatchResult result =
                searcher.submit(new Work(neighbours.header(), target), range).await();
        long found = result.nonces().size() + result.lost();
        boolean isDistinct =
                new TreeSet<>(result.nonces()).size() == result.nonces().size();
        if (found != expected.size() || !isDistinct || !expected.containsAll(result.nonces())) {
            throw new DeviceWrongException("the device finds " + found + " of " + expected.size() + " expected hits "
                    + expected.stream().limit(3).map(Long::toUnsignedString).toList() + " for " + neighbours.name()
                    + " with target " + target);
        }
    }
}
