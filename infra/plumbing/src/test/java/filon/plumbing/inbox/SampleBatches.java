package filon.plumbing.inbox;

import filon.plumbing.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes the text of each record under its consumer's name; not a bean, so that a test decides when it reads. */
final class SampleBatches implements RecordHandler {
    static final String POISON = "poison";
    private final String consumer;
    private final String topic;
    private final Database database;
    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();

    SampleBatches(String consumer, String topic, Database database) {
        this.consumer = consumer;
        this.topic = topic;
        this.database = database;
    }

    List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    List<String> givenUp() {
        return List.copyOf(givenUp);
    }

    List<String> effects() {
        return database.list("select what from effect where consumer = ? order by id", consumer);
    }

    @Override
    public String consumer() {
        return consumer;
    }

    @Override
    public List<String> topics() {
        return List.of(topic);
    }

    @Override
    public void handle(List<RawRecord> batch) {
        sizes.add(batch.size());
        for (RawRecord record : batch) {
            String text = new String(record.value(), StandardCharsets.UTF_8);
            database.run("insert into effect(consumer, what) values (?, ?)", consumer, text);
            if (text.equals(POISON)) {
                throw new IllegalArgumentException("no cure");
            }
        }
    }

    @Override
    public void givenUp(RawRecord record, String reason) {
        givenUp.add(new String(record.value(), StandardCharsets.UTF_8) + ": " + reason);
    }
}
