package filon.plumbing.inbox;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs one thread for each handler bean of the application, from its start to its end. */
@ApplicationScoped
public class TopicConsumers {
    private final List<TopicConsumer> consumers = new ArrayList<>();

    TopicConsumers(
            @All List<MessageHandler> messageHandlers,
            @All List<RecordHandler> recordHandlers,
            RecordTransactions transactions,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String application) {
        messageHandlers.forEach(handler -> consumers.add(
                new TopicConsumer(application, new DecodedRecords(handler, transactions), transactions, kafka)));
        recordHandlers.forEach(handler -> consumers.add(new TopicConsumer(application, handler, transactions, kafka)));
    }

    void start(@Observes StartupEvent event) {
        consumers.forEach(TopicConsumer::start);
    }

    void stop(@Observes ShutdownEvent event) {
        consumers.forEach(TopicConsumer::askToStop);
        consumers.forEach(TopicConsumer::awaitStop);
    }
}
