package filon.mining.pool.alephium;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
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
    private final JobPlace place;
    private final Template template;
    private final NonceStart starts;

    AlephiumJob(JobPlace place, Template template, NonceStart starts) {
        this.place = place;
        this.template = template;
        this.starts = starts;
    }

    @Override
    public Optional<PoolWork> next() {
        return Optional.of(new Started(this, starts.next()));
    }

    @Override
    public String id() {
        return template.id();
    }

    @Override
    public PoolAddress pool() {
        return place.pool().address();
    }

    @Override
    public Target target() {
        return template.target();
    }

    @Override
    public long receivedNanos() {
        return place.receivedNanos();
    }

    /** Pools take shares of a template for some seconds more, whatever they announce. */
    @Override
    public boolean isClean() {
        return false;
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
        public Share share(long nonce, Digest digest, byte[] header, long foundNanos) {
            Chain chain = owner.template.chain();
            return new Share(
                    owner.place.sessionId(),
                    owner.place.generation(),
                    owner.pool(),
                    owner.id(),
                    header,
                    owner.target(),
                    foundNanos,
                    List.of(
                            owner.id(),
                            String.valueOf(chain.from()),
                            String.valueOf(chain.to()),
                            HexFormat.of().formatHex(start) + NonceRoom.whole(nonce),
                            owner.place.pool().user()));
        }
    }
}
