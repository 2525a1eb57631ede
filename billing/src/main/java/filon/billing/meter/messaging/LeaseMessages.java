package filon.billing.meter.messaging;

import filon.billing.meter.Leases;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears what provisioning says of leases. */
@ApplicationScoped
class LeaseMessages implements MessageHandler {
    private final Leases leases;

    LeaseMessages(Leases leases) {
        this.leases = leases;
    }

    @Override
    public String consumer() {
        return "lease-notices";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.LEASE_NOTICES);
    }

    @Override
    public void handle(Received received) {
        if (!(received.envelope().payload() instanceof LeaseNotice notice)) {
            throw new IllegalArgumentException(
                    "a " + received.envelope().name() + " does not belong on " + received.topic());
        }
        switch (notice) {
            case LeaseNotice.Granted granted -> leases.granted(granted);
            case LeaseNotice.Ended ended -> leases.ended(ended);
            case LeaseNotice.PlacementRefused refused -> {
                // the API ends the rental, or asks again
            }
            case LeaseNotice.WorkloadObserved observed -> {
                // shares prove work, not states
            }
            case LeaseNotice.MaintenanceAnnounced _, LeaseNotice.MaintenanceWithdrawn _ -> {
                // what is proven is billed, whatever was announced
            }
            case LeaseNotice.HostKnown host -> {
                // hosts are not billed
            }
        }
    }
}
