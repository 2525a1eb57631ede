package filon.provisioning.safety;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the brake, and what automations did. */
public interface SafetyStore {
    /** A thing that holds since then, and why. */
    record Standing(Instant since, String reason) {}

    /** How the brake stands; empty while it is not engaged. */
    Optional<Standing> brake();

    void engage(Instant now, String reason);

    void letGo();

    /** Shuts out everybody else who decides on the automation until the transaction ends. */
    void lock(Automation automation);

    Optional<Standing> pause(Automation automation);

    void pause(Automation automation, Instant now, String reason);

    void release(Automation automation);

    void noteAct(Automation automation, HostId host, Instant now);

    /** The hosts it has acted on since then, each once, the latest first. */
    List<HostId> actedOn(Automation automation, Instant since);
}
