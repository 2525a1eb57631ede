package filon.practice.dialect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;

/** A block of the public chain with its whole coinbase; hashes as explorers show them. */
record PublicBlock(
        String name,
        String source,
        String coinbase,
        List<String> otherTransactions,
        int version,
        String previousHash,
        String stratumPreviousHash,
        long time,
        String bits,
        String nonce,
        String header,
        String hash) {
    private static final HexFormat HEX = HexFormat.of();
    /** Where the miner's part begins: after the input's first script bytes. */
    private static final int SPLIT = 45;

    private static final int END = SPLIT + ShareCheck.EXTRANONCE1_BYTES + ShareCheck.EXTRANONCE2_BYTES;

    static List<PublicBlock> all() throws IOException {
        try (InputStream json = PublicBlock.class.getResourceAsStream("blocks.json")) {
            return new ObjectMapper().readValue(json, new TypeReference<List<PublicBlock>>() {});
        }
    }

    /** The job a pool would have sent, had it been given this template. */
    BlockTemplate job() {
        byte[] whole = HEX.parseHex(coinbase);
        return new BlockTemplate(
                "frozen",
                reversed(previousHash),
                java.util.Arrays.copyOfRange(whole, 0, SPLIT),
                java.util.Arrays.copyOfRange(whole, END, whole.length),
                otherTransactions.stream().map(PublicBlock::reversed).toList(),
                version,
                Integer.parseUnsignedInt(bits, 16),
                time);
    }

    byte[] extranonce1() {
        return java.util.Arrays.copyOfRange(HEX.parseHex(coinbase), SPLIT, SPLIT + ShareCheck.EXTRANONCE1_BYTES);
    }

    String extranonce2() {
        return HEX.formatHex(
                java.util.Arrays.copyOfRange(HEX.parseHex(coinbase), SPLIT + ShareCheck.EXTRANONCE1_BYTES, END));
    }

    String timeHex() {
        return String.format("%08x", time);
    }

    /** The submission that found the block. */
    Stratum1Session.Submission share(String worker) {
        return new Stratum1Session.Submission(worker, "frozen", extranonce2(), timeHex(), nonce, "");
    }

    static byte[] reversed(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
