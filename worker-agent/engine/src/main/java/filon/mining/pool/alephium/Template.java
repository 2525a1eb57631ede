package filon.mining.pool.alephium;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.PrintableText;
import filon.mining.pool.line.PoolValues;

/**
 * One block template of a {@code mining.notify}: {@code {jobId, fromGroup, toGroup, headerBlob, txsBlob, targetBlob}}.
 *
 * @param header all of the block's header but the nonce, which comes first
 */
record Template(String id, Chain chain, byte[] header, Target target) {

    /** @param usual the target by the difficulty in force, for a template without one */
    static Template of(JsonNode node, int headerLength, Target usual) {
        boolean hasTarget = !node.path("targetBlob").asText("").isEmpty();
        return new Template(
                PoolValues.jobId(node.path("jobId")),
                new Chain(group(node.path("fromGroup")), group(node.path("toGroup"))),
                PoolValues.bytes(node.path("headerBlob"), headerLength, "headerBlob"),
                hasTarget ? PoolValues.target(node.path("targetBlob")) : usual);
    }

    private static int group(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException("group " + PrintableText.of(node.toString()) + " is not a number");
        }
        return node.intValue();
    }
}
