package filon.mining.algorithm.kawpow;

import filon.mining.algorithm.SearchTuning;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClProgram;
import java.util.stream.Collectors;

/**
 * Builds the kernel of a period for one device.
 *
 * @param source with a line of percent signs where the period's random program belongs
 */
record ProgramBuilder(OpenClContext context, String source, SearchTuning tuning, ProgPowRules rules) {
    OpenClProgram build(Programs.Key key) {
        String padding = rules.padding().stream().map(String::valueOf).collect(Collectors.joining(","));
        return context.buildOnce(
                KernelText.of(source, RandomProgram.of(rules, key.period())),
                key.places() + " -D HASHES=" + tuning.vectorWidth() + " -D GROUP_SIZE=" + tuning.workGroupSize()
                        + " -D PADDING=" + padding + " " + tuning.compilerOptions());
    }
}
