package filon.mining.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes jobs, remembers all of them, and judges each share by hashing it itself. Belongs to the pool's thread; the counts are for
 * whoever has joined that.
 */
final class ShareJudge {
    private static final int HASH_BYTES = 32;
    private static final int EXTRANONCE_BYTES = 4;
    private static final int OWN_LENGTH_FIRST = 4;
    private static final int BRANCH_MAX = 3;
    private static final int EXAMPLES_MAX = 10;

    private final RandomGenerator random;
    private final Map<String, IssuedJob> jobs = new HashMap<>();
    private final Set<String> headers = new HashSet<>();
    private final Map<ShareFate, Long> fates = new EnumMap<>(ShareFate.class);
    private final List<String> examples = new ArrayList<>();
    private String extranonce;
    private int ownLength = OWN_LENGTH_FIRST;
    private BigInteger target = IssuedJob.targetOf(BigDecimal.ONE);
    private long generation;
    private long generationRead;

    ShareJudge(RandomGenerator random) {
        this.random = random;
        this.extranonce = hex(EXTRANONCE_BYTES);
    }

    String extranonce() {
        return extranonce;
    }

    int ownLength() {
        return ownLength;
    }

    /** How many clean jobs were made. */
    long generation() {
        return generation;
    }

    int jobCount() {
        return jobs.size();
    }

    /** From the next job on. */
    void extranonce(int lengthOfOwn) {
        extranonce = hex(EXTRANONCE_BYTES);
        ownLength = lengthOfOwn;
    }

    /** From the next job on. */
    void difficulty(BigDecimal difficulty) {
        target = IssuedJob.targetOf(difficulty);
    }

    IssuedJob issue(boolean isClean) {
        generation += isClean ? 1 : 0;
        List<String> branch = random.ints(random.nextInt(BRANCH_MAX + 1))
                .mapToObj(_ -> hex(HASH_BYTES))
                .toList();
        IssuedJob job = new IssuedJob(
                "job-" + jobs.size(),
                generation,
                extranonce,
                ownLength,
                hex(HASH_BYTES),
                branch,
                random.nextInt() >>> 1,
                target);
        jobs.put(job.id(), job);
        return job;
    }

    /** The miner has proved that it read the clean job of this generation: of an older one no share may come any more. */
    void read(long itsGeneration) {
        generationRead = Math.max(generationRead, itsGeneration);
    }

    /** @param params of {@code mining.submit}: user, job, the miner's part of the coinbase, time, nonce */
    ShareFate judge(JsonNode params) {
        ShareFate fate = fate(params);
        fates.merge(fate, 1L, Long::sum);
        if (fate != ShareFate.VALID && fate != ShareFate.STALE && examples.size() < EXAMPLES_MAX) {
            examples.add(fate + " " + params + " of " + jobs.get(params.path(1).asText()) + " when generation "
                    + generationRead + " was read");
        }
        return fate;
    }

    private ShareFate fate(JsonNode params) {
        IssuedJob job = jobs.get(params.path(1).asText());
        if (job == null) {
            return ShareFate.UNKNOWN_JOB;
        }
        if (!isWellFormed(params, job)) {
            return ShareFate.MALFORMED;
        }
        String header = job.header(
                params.path(2).asText(), params.path(3).asText(), params.path(4).asText());
        // first what is never right, then what is only late
        if (!job.isMetBy(header)) {
            return ShareFate.LOW_DIFFICULTY;
        }
        if (!headers.add(header)) {
            return ShareFate.DUPLICATE;
        }
        if (job.generation() == generation) {
            return ShareFate.VALID;
        }
        return job.generation() < generationRead ? ShareFate.WITHDRAWN : ShareFate.STALE;
    }

    private static boolean isWellFormed(JsonNode params, IssuedJob job) {
        boolean isHex = params.path(2).asText().matches("[0-9a-f]{" + 2 * job.ownLength() + "}")
                && params.path(3).asText().matches("[0-9a-f]{8}")
                && params.path(4).asText().matches("[0-9a-f]{8}");
        if (!isHex) {
            return false;
        }
        long rolled = Long.parseLong(params.path(3).asText(), 16) - job.time();
        return rolled >= 0 && rolled <= IssuedJob.TIME_ROLL_SECONDS_MAX;
    }

    long count(ShareFate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    long shareCount() {
        return fates.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first shares that were neither valid nor merely late, with all there is to know of them. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return jobs.size() + " jobs, " + generation + " clean, read up to " + generationRead + ", shares " + fates;
    }
}
