package filon.plumbing.inbox;

import filon.contracts.message.Envelope;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.util.List;

/** Decodes records, drops second copies, and passes the rest to a {@link MessageHandler}. */
final class DecodedRecords implements RecordHandler {
    private final MessageHandler handler;
    private final RecordTransactions transactions;

    DecodedRecords(MessageHandler handler, RecordTransactions transactions) {
        this.handler = handler;
        this.transactions = transactions;
    }

    @Override
    public String consumer() {
        return handler.consumer();
    }

    @Override
    public List<String> topics() {
        return handler.topics();
    }

    @Override
    public void handle(List<RawRecord> batch) {
        batch.forEach(this::handle);
    }

    private void handle(RawRecord record) {
        Envelope envelope;
        try {
            envelope = MessageCodec.decode(record.value());
        } catch (UnusableMessageException e) {
            transactions.bury(consumer(), record, e.getMessage());
            return;
        }
        if (transactions.isFirst(consumer(), envelope.id())) {
            handler.handle(new Received(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.key(),
                    record.headers(),
                    record.value(),
                    envelope));
        }
    }
}
