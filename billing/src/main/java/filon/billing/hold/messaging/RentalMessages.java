package filon.billing.hold.messaging;

import filon.billing.hold.Holds;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears what the API says of rentals. */
@ApplicationScoped
class RentalMessages implements MessageHandler {
    private final Holds holds;

    RentalMessages(Holds holds) {
        this.holds = holds;
    }

    @Override
    public String consumer() {
        return "rental-notices";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.RENTAL_NOTICES);
    }

    @Override
    public void handle(Received received) {
        if (!(received.envelope().payload() instanceof RentalNotice notice)) {
            throw new IllegalArgumentException(
                    "a " + received.envelope().name() + " does not belong on " + received.topic());
        }
        switch (notice) {
            case RentalNotice.Requested requested -> holds.request(requested.rentalId(), requested.order());
            case RentalNotice.Ending ending -> holds.end(ending.rentalId(), ending.reason());
            case RentalNotice.Funded funded -> {
                // our own hold, told back
            }
            case RentalNotice.Suspended suspended -> {
                // the hold stays what it is; provisioning stops the work
            }
        }
    }
}
