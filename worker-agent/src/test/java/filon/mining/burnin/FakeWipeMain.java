package filon.mining.burnin;

import filon.plumbing.codec.MessageCodec;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A wipe without a device; the device's number tells it how to end. */
public final class FakeWipeMain {
    public static final int PASSES = 0;
    public static final int FAILS = 1;
    public static final int HANGS = 2;
    public static final int CRASHES = 3;

    private FakeWipeMain() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        if (!given.contains("--wipe")) {
            throw new IllegalArgumentException("only wipes, not " + given);
        }
        int device = Integer.parseInt(given.get(given.indexOf("--device") + 1));
        switch (device) {
            case PASSES -> print(device, true);
            case FAILS -> print(device, false);
            case HANGS -> System.in.transferTo(OutputStream.nullOutputStream());
            default -> Runtime.getRuntime().halt(139);
        }
    }

    private static void print(int device, boolean passed) throws Exception {
        Check check = new Check("wipe", passed, passed ? "no word differs" : "1 words differ", 0.5);
        System.out.println(MessageCodec.mapper()
                .writeValueAsString(
                        new DeviceResult(device, "fake", "1", Optional.empty(), passed, List.of(check), List.of())));
        Runtime.getRuntime().halt(passed ? 0 : 5);
    }
}
