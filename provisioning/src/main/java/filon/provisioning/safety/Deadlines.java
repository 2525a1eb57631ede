package filon.provisioning.safety;

import filon.contracts.value.HostId;
import filon.provisioning.host.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** The automation that ends waiting: a host that did not get out of a state in its time is quarantined. */
@ApplicationScoped
@Transactional
public class Deadlines {
    private final Hosts hosts;
    private final Safety safety;

    Deadlines(Hosts hosts, Safety safety) {
        this.hosts = hosts;
        this.safety = safety;
    }

    /**
     * Looks first whether the fleet can be judged at all.
     *
     * @return none while the brake is engaged: what we do not hear is held against nobody then
     */
    public List<HostId> due() {
        safety.look();
        return safety.isBraked() ? List.of() : hosts.pastDeadline();
    }

    public void giveUp(HostId host) {
        if (hosts.isPastDeadline(host) && safety.mayActOn(Automation.DEADLINES, host)) {
            hosts.giveUpIfPastDeadline(host);
        }
    }
}
