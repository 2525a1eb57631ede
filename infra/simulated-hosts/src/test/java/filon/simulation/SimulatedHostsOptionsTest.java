package filon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import filon.simulation.fault.FaultKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulatedHostsOptionsTest {
    @Test
    void explainsEveryOptionAndEveryFault() {
        String help = new CommandLine(new SimulatedHostsMain()).getUsageMessage();

        assertThat(help).contains("--home", "--hosts", "--gpus-per-host", "--faults", "--seed", "Exit codes");
        assertThat(help)
                .contains(
                        Arrays.stream(FaultKind.values()).map(FaultKind::label).toList());
    }
}
