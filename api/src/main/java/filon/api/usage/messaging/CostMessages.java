package filon.api.usage.messaging;

import filon.api.usage.Cost;
import filon.api.usage.Usages;
import filon.contracts.message.BillingNotice.CostPosted;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Hears of posted costs; what else billing says is for others. */
@ApplicationScoped
class CostMessages implements MessageHandler {
    private final Usages usages;

    CostMessages(Usages usages) {
        this.usages = usages;
    }

    @Override
    public String consumer() {
        return "usage";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.BILLING_NOTICES);
    }

    @Override
    public void handle(Received received) {
        if (received.envelope().payload() instanceof CostPosted posted) {
            usages.posted(new Cost(
                    posted.rentalId(),
                    posted.provenSeconds(),
                    posted.cost(),
                    posted.acceptedShares(),
                    posted.rejectedShares(),
                    Optional.ofNullable(posted.meteredUntil()),
                    posted.version(),
                    Optional.of(received.envelope().occurredAt())));
        }
    }
}
