package filon.api.fleet.messaging;

import filon.api.fleet.Fleet;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears from provisioning of hosts and of which GPUs a lease has; what else it says is for others. */
@ApplicationScoped
class HostMessages implements MessageHandler {
    private final Fleet fleet;

    HostMessages(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public String consumer() {
        return "fleet";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.LEASE_NOTICES);
    }

    @Override
    public void handle(Received received) {
        if (received.envelope().payload() instanceof HostKnown host) {
            fleet.know(host);
        }
        if (received.envelope().payload() instanceof Granted granted) {
            fleet.grant(granted);
        }
    }
}
