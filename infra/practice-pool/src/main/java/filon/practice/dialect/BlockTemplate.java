package filon.practice.dialect;

import java.util.HexFormat;
import java.util.List;

/**
 * One job of the pool: a block template without what the miner chooses.
 *
 * @param previousHash byte[32] as it stands in the header
 * @param coinbase1 the coinbase transaction before extranonce1
 * @param coinbase2 and after extranonce2
 * @param branch byte[32] each, from the coinbase's neighbour up
 * @param bits the network's target in compact form
 * @param time seconds since 1970
 */
record BlockTemplate(
        String id,
        byte[] previousHash,
        byte[] coinbase1,
        byte[] coinbase2,
        List<byte[]> branch,
        int version,
        int bits,
        long time) {
    private static final HexFormat HEX = HexFormat.of();

    /** The same transactions on another block, at another time. */
    BlockTemplate upon(byte[] otherHash, long otherTime) {
        return new BlockTemplate(id, otherHash.clone(), coinbase1, coinbase2, branch, version, bits, otherTime);
    }

    /** The parameters of {@code mining.notify}. */
    List<Object> notification(boolean clean) {
        return List.of(
                id,
                HEX.formatHex(ShareCheck.swapWords(previousHash)),
                HEX.formatHex(coinbase1),
                HEX.formatHex(coinbase2),
                branch.stream().map(HEX::formatHex).toList(),
                String.format("%08x", version),
                String.format("%08x", bits),
                String.format("%08x", time),
                clean);
    }
}
