package filon.api.catalogue.messaging;

import filon.api.catalogue.Offers;
import filon.api.catalogue.Quote;
import filon.contracts.message.BillingNotice.PricePublished;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears of prices; what else billing says is for others. */
@ApplicationScoped
class PriceMessages implements MessageHandler {
    private final Offers offers;

    PriceMessages(Offers offers) {
        this.offers = offers;
    }

    @Override
    public String consumer() {
        return "catalogue";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.BILLING_NOTICES);
    }

    @Override
    public void handle(Received received) {
        if (received.envelope().payload() instanceof PricePublished price) {
            offers.publish(new Quote(price.offer(), price.version(), price.pricePerGpuHour(), price.validFrom()));
        }
    }
}
