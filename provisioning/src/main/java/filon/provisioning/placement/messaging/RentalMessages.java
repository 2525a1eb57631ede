package filon.provisioning.placement.messaging;

import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import filon.provisioning.placement.Placements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Turns the API's notices into use cases. */
@ApplicationScoped
class RentalMessages implements MessageHandler {
    private final Placements placements;

    RentalMessages(Placements placements) {
        this.placements = placements;
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
        long sequence = received.envelope().sequence();
        switch (notice) {
            case RentalNotice.Requested requested -> {
                // billing answers this one; a rental counts here once it is funded
            }
            case RentalNotice.Funded(var rental, var order) -> placements.fund(rental, order, sequence);
            case RentalNotice.Suspended(var rental, String reason) -> placements.suspend(rental, sequence, reason);
            case RentalNotice.Ending(var rental, String reason) -> placements.end(rental, reason);
        }
    }
}
