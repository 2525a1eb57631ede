package filon.practice.dialect;

import filon.mining.pool.noise.Authority;
import filon.mining.pool.noise.NoiseChannel;
import filon.mining.pool.noise.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Bitcoin's Stratum V2 for sha256d. The first job of the next block is made while its predecessor is searched, so that miners can have it
 * in advance; its height is the right one, and those of the jobs that refresh the present block's are one too high, which nobody reads.
 */
final class Stratum2 implements PoolSide {
    private static final Duration VOUCHED_BEFORE = Duration.ofDays(1);
    private static final Duration VOUCHED_FOR = Duration.ofDays(3_650);

    private final Terms terms;
    private final SplittableRandom random;
    private final Authority authority;
    private final ServerIdentity identity;
    private final BlockTemplates templates;
    private final Extranonces extranonces;
    private BlockTemplate job;
    private BlockTemplate upcoming;
    private long channels;

    Stratum2(Terms terms) {
        this.terms = terms;
        this.random = new SplittableRandom(terms.seed());
        this.authority = Authority.draw(random);
        Instant now = terms.clock().instant();
        this.identity = authority.vouch(now.minus(VOUCHED_BEFORE), now.plus(VOUCHED_FOR), random);
        this.templates = new BlockTemplates(terms.seed(), terms.height(), terms.clock());
        this.extranonces = new Extranonces(terms.seed());
        this.job = templates.nextBlock();
        this.upcoming = templates.nextBlock();
    }

    @Override
    public void nextBlock() {
        job = upcoming.upon(upcoming.previousHash(), now());
        upcoming = templates.nextBlock();
    }

    @Override
    public void nextJob() {
        job = templates.next().upon(job.previousHash(), now());
    }

    private long now() {
        return terms.clock().instant().getEpochSecond();
    }

    @Override
    public Conversation open(Desk desk) {
        return new Stratum2Conversation(this, desk, NoiseChannel.responder(identity, random.split()));
    }

    /** Of the authority that vouches for the pool; the same seed has the same. */
    @Override
    public String key() {
        return authority.key().toString();
    }

    Terms terms() {
        return terms;
    }

    BlockTemplate job() {
        return job;
    }

    /** The first job of the next block. */
    BlockTemplate upcoming() {
        return upcoming;
    }

    /** All that a coinbase has room for. */
    byte[] nextExtranonce() {
        return extranonces.next(ShareCheck.EXTRANONCE1_BYTES + ShareCheck.EXTRANONCE2_BYTES, Integer.BYTES);
    }

    long nextChannel() {
        channels++;
        return channels;
    }
}
