package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import filon.contracts.value.HashRate;
import filon.mining.burnin.BurnIn;
import filon.mining.burnin.Check;
import filon.mining.burnin.DeviceResult;
import filon.mining.burnin.MeasuredRate;
import filon.mining.device.Device;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** {@code --burn-in} and {@code --wipe}: one device after the other; each result is printed as soon as it is there. */
record BurnInSession(PrintWriter out, Format format) {
    /** What a device that did not pass ends the command with. */
    static final int NOT_PASSED = 5;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** @return 0, or {@link #NOT_PASSED} */
    int run(BurnIn burnIn, List<Device> devices, boolean isWipe) throws JsonProcessingException {
        boolean allPassed = true;
        for (Device device : devices) {
            DeviceResult result = isWipe ? burnIn.wipe(device) : burnIn.run(device);
            print(result);
            allPassed &= result.passed();
        }
        return allPassed ? 0 : NOT_PASSED;
    }

    private void print(DeviceResult result) throws JsonProcessingException {
        if (format == Format.JSON) {
            out.println(MAPPER.writeValueAsString(result));
            return;
        }
        out.printf("device %d: %s: %s%n", result.deviceIndex(), result.device(), result.passed() ? "passed" : "FAILED");
        result.checks().forEach(this::print);
        result.benchmarks().forEach(this::print);
    }

    private void print(Check check) {
        out.printf(
                Locale.ROOT,
                "  %s: %s: %s (%.1f s)%n",
                check.name(),
                check.passed() ? "passed" : "FAILED",
                check.detail(),
                check.seconds());
    }

    private void print(MeasuredRate rate) {
        out.printf(
                Locale.ROOT,
                "  %s: median %s, lowest %s, highest %s of %d runs in %.1f s, spread %.1f %%%n",
                rate.algorithm(),
                new HashRate(rate.medianHs()),
                new HashRate(rate.lowHs()),
                new HashRate(rate.highHs()),
                rate.runs(),
                rate.seconds(),
                100 * rate.relativeSpread());
    }
}
