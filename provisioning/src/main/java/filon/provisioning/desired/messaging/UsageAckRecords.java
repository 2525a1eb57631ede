package filon.provisioning.desired.messaging;

import filon.contracts.message.Topics;
import filon.contracts.message.UsageAcknowledged;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.RecordHandler;
import filon.provisioning.desired.UsageTrims;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads acknowledgements in batches; they are marks that only rise, so second copies need no noting. */
@ApplicationScoped
class UsageAckRecords implements RecordHandler {
    private final UsageTrims trims;

    UsageAckRecords(UsageTrims trims) {
        this.trims = trims;
    }

    @Override
    public String consumer() {
        return "usage-acks";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.USAGE_ACKS);
    }

    @Override
    public void handle(List<RawRecord> batch) {
        batch.stream().filter(record -> record.value() != null).forEach(this::handle);
    }

    private void handle(RawRecord record) {
        try {
            if (MessageCodec.decode(record.value()).payload() instanceof UsageAcknowledged ack) {
                trims.acknowledged(ack);
                return;
            }
        } catch (UnusableMessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        throw new IllegalArgumentException("only acknowledgements belong on " + record.topic());
    }
}
