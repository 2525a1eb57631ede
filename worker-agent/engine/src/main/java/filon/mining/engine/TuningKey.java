package filon.mining.engine;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a tuning holds for: another driver or kernel text may want another.
 *
 * @param device its name: devices of one model share a tuning
 * @param kernel SHA-256 of the kernel's text, 64 hexadecimal digits
 */
public record TuningKey(String device, String driver, String algorithm, String kernel) {
    public static TuningKey of(Device device, ProofOfWork algorithm) {
        return new TuningKey(device.name(), device.driver(), algorithm.name(), digits(algorithm.kernelText()));
    }

    private static String digits(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
