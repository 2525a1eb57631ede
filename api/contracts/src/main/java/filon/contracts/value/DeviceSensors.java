package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a device tells of itself beyond temperature and power; what it does not offer is null, never guessed.
 *
 * @param fanPercent of its highest speed; some fans report more than 100
 * @param coreMegahertz the clock of its cores now
 * @param memoryMegahertz the clock of its memory now
 * @param eccErrors uncorrected errors of its memory since the driver was loaded
 * @param xid the number of the last fault that NVIDIA's driver reported since this process began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceSensors(
        Integer fanPercent, Integer coreMegahertz, Integer memoryMegahertz, Long eccErrors, Integer xid) {

    /** Empty where there is nothing to tell. */
    public Optional<DeviceSensors> ifAny() {
        return Stream.of(fanPercent, coreMegahertz, memoryMegahertz, eccErrors, xid)
                        .allMatch(Objects::isNull)
                ? Optional.empty()
                : Optional.of(this);
    }
}
