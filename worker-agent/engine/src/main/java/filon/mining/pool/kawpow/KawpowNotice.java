package filon.mining.pool.kawpow;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.Target;
import filon.mining.pool.line.PoolValues;
import java.util.Optional;

/**
 * The parameters of {@code mining.notify}: id, header hash, seed hash, target, clean flag, height, bits. The height says epoch and
 * period; seed hash and bits are not needed.
 */
record KawpowNotice(String id, Header header, Target target, boolean isClean) {
    private static final int HEADER_HASH_LENGTH = 32;

    /**
     * @param set the target of the last {@code mining.set_target}, for a notice without one
     * @param heightMax a later one is not believed
     */
    static KawpowNotice of(JsonNode params, Optional<Target> set, int heightMax) {
        return new KawpowNotice(
                PoolValues.jobId(params.path(0)),
                new Header(
                        PoolValues.bytes(params.path(1), HEADER_HASH_LENGTH, "header hash"),
                        PoolValues.height(params.path(5), heightMax)),
                target(params.path(3), set),
                params.path(4).asBoolean(false));
    }

    private static Target target(JsonNode repeated, Optional<Target> set) {
        boolean isRepeated = !repeated.isNull() && !repeated.asText("").isEmpty();
        return isRepeated || set.isEmpty() ? PoolValues.target(repeated) : set.get();
    }
}
