package filon.mining.burnin;

import com.fasterxml.jackson.core.JsonProcessingException;
import filon.plumbing.codec.MessageCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A burn-in without a device; the seconds of a measurement tell it how to end. */
public final class FakeBurnInMain {
    public static final int PASSES = 1;
    public static final int FAILS = 2;
    public static final int HANGS = 3;
    public static final int CRASHES = 4;

    private FakeBurnInMain() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        System.err.println("sha256d: measuring, run 1 of 5");
        String[] devices = given.get(given.indexOf("--device") + 1).split(",");
        switch (Integer.parseInt(given.get(given.indexOf("--seconds") + 1))) {
            case PASSES -> print(devices, true);
            case FAILS -> print(devices, false);
            case HANGS -> awaitTheEndOfInput();
            default -> {
                System.err.println("the driver crashed");
                Runtime.getRuntime().halt(139);
            }
        }
    }

    private static void print(String[] devices, boolean passed) throws JsonProcessingException {
        for (String device : devices) {
            Check check = new Check("memory", passed, passed ? "no word differs" : "1 words differ", 0.5);
            MeasuredRate rate =
                    MeasuredRate.of("sha256d", List.of(100.0, 300.0, 200.0), 3, Instant.parse("2026-11-20T12:00:00Z"));
            System.out.println(MessageCodec.mapper()
                    .writeValueAsString(new DeviceResult(
                            Integer.parseInt(device),
                            "fake",
                            "1",
                            Optional.empty(),
                            passed,
                            List.of(check),
                            List.of(rate))));
        }
        Runtime.getRuntime().halt(passed ? 0 : 5);
    }

    private static void awaitTheEndOfInput() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(1);
    }
}
