package filon.api.balance.messaging;

import filon.api.balance.Balances;
import filon.contracts.message.BillingNotice.BalanceChanged;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears of balances; what else billing says is for others. */
@ApplicationScoped
class BalanceMessages implements MessageHandler {
    private final Balances balances;

    BalanceMessages(Balances balances) {
        this.balances = balances;
    }

    @Override
    public String consumer() {
        return "balance";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.BILLING_NOTICES);
    }

    @Override
    public void handle(Received received) {
        if (received.envelope().payload() instanceof BalanceChanged changed) {
            balances.changed(
                    changed.customerId(),
                    changed.available(),
                    changed.held(),
                    changed.version(),
                    received.envelope().occurredAt());
        }
    }
}
