package filon.mining.opencl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names a compiled program by all that it follows from: SHA-256 over compiler, source and options. */
record ProgramKey(String digits) {
    static final int BYTES = 32;

    ProgramKey {
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("program key '" + digits + "' is not 64 hexadecimal digits");
        }
    }

    static ProgramKey of(Compiler compiler, String source, String options) {
        MessageDigest digest = sha256();
        digest.update((byte) ProgramFormat.VERSION);
        for (String part : List.of(
                compiler.platformName(),
                compiler.platformVersion(),
                compiler.deviceName(),
                compiler.driverVersion(),
                source,
                options)) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            // with its length, as the end of one part and the start of the next could not be told apart
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            digest.update(text);
        }
        return new ProgramKey(HexFormat.of().formatHex(digest.digest()));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(digits);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
