package filon.plumbing.inbox;

import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Topics;
import filon.plumbing.Database;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes what it hears; chokes on some of it, as real ones may. */
@ApplicationScoped
public class SampleHandler implements MessageHandler {
    static final String POISON = "poison";
    static final String BROKEN_INSIDE = "broken inside";
    static final String NEVER_ENDS = "never ends";
    static final String NEEDS_A_PART = "needs a part";
    private final AtomicBoolean partIsAway = new AtomicBoolean();
    private final AtomicInteger tries = new AtomicInteger();
    private final Database database;

    SampleHandler(Database database) {
        this.database = database;
    }

    void begin(boolean withoutThePart) {
        partIsAway.set(withoutThePart);
        tries.set(0);
    }

    void partIsBack() {
        partIsAway.set(false);
    }

    int tries() {
        return tries.get();
    }

    @Override
    public String consumer() {
        return "sample";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.LEASE_NOTICES);
    }

    @Override
    public void handle(Received received) {
        LeaseNotice.Ended ended = (LeaseNotice.Ended) received.envelope().payload();
        database.run(
                "insert into effect(consumer, what) values ('sample', ?)", ended.rentalId() + " " + ended.reason());
        if (ended.reason().equals(POISON)) {
            tries.incrementAndGet();
            throw new IllegalArgumentException("no cure");
        }
        if (ended.reason().equals(BROKEN_INSIDE)) {
            parse("{\"half\":");
        }
        if (ended.reason().equals(NEVER_ENDS)) {
            throw new StackOverflowError("never ends");
        }
        if (ended.reason().equals(NEEDS_A_PART) && partIsAway.get()) {
            tries.incrementAndGet();
            throw new IllegalStateException(new SQLTransientConnectionException("the database is away"));
        }
    }

    private static void parse(String json) {
        try {
            MessageCodec.parse(json, String.class);
        } catch (UnusableMessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
