package filon.billing.meter.messaging;

import filon.billing.meter.UsageIngestion;
import filon.contracts.message.Topics;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.inbox.RecordHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears what hosts metered, in batches and undecoded: evidence is kept byte for byte. */
@ApplicationScoped
class UsageMessages implements RecordHandler {
    private final UsageIngestion ingestion;

    UsageMessages(UsageIngestion ingestion) {
        this.ingestion = ingestion;
    }

    @Override
    public String consumer() {
        return "usage-reports";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.USAGE_REPORTS);
    }

    @Override
    public void handle(List<RawRecord> batch) {
        ingestion.ingest(batch);
    }
}
