package filon.mining.pool.alephium;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.JobTerms;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.line.NonceRoom;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A block template: each work of it has another start of the nonce and all values of its last eight bytes, so that it is never used up.
 * Only one hash in sixteen is of the template's chain; the others do not count, however small.
 */
final class AlephiumJob implements PoolJob {
    private final JobTerms terms;
    private final Template template;
    private final NonceStart starts;

    AlephiumJob(JobPlace place, Template template, NonceStart starts) {
        // pools take shares of a template for some seconds more, whatever they announce
        this.terms = new JobTerms(place, template.id(), template.target(), false);
        this.template = template;
        this.starts = starts;
    }

    @Override
    public JobTerms terms() {
        return terms;
    }

    @Override
    public Optional<PoolWork> next() {
        return Optional.of(new Started(this, starts.next()));
    }

    /** @param start byte[16] of the nonce */
    private record Started(AlephiumJob owner, byte[] start) implements PoolWork {
        @Override
        public Work work() {
            Template template = owner.template;
            byte[] prefix = ByteBuffer.allocate(start.length + template.header().length)
                    .put(start)
                    .put(template.header())
                    .array();
            return new Work(Header.of(prefix), template.target());
        }

        @Override
        public PoolJob job() {
            return owner;
        }

        @Override
        public NonceSpace nonces() {
            return NonceSpace.ofBits(Long.SIZE);
        }

        @Override
        public boolean counts(Digest digest) {
            return Chain.of(digest.hash()).equals(owner.template.chain());
        }

        @Override
        public List<String> submission(long nonce, Digest digest) {
            Chain chain = owner.template.chain();
            return List.of(
                    owner.id(),
                    String.valueOf(chain.from()),
                    String.valueOf(chain.to()),
                    HexFormat.of().formatHex(start) + NonceRoom.whole(nonce),
                    owner.terms.place().pool().user());
        }
    }
}
