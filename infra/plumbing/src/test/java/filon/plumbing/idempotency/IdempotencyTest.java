package filon.plumbing.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.plumbing.RealServers;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class IdempotencyTest {
    @Inject
    Idempotency idempotency;

    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger effects = new AtomicInteger();

    private Response ask(String scope, Object body) {
        return idempotency.once(scope, key, body, () -> Response.created(URI.create("/things/1"))
                .entity(Map.of("number", effects.incrementAndGet()))
                .build());
    }

    private Response askFromARequest() {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            return ask("mine", Map.of("a", 1));
        } finally {
            request.terminate();
        }
    }

    private static ProblemCode codeOf(Throwable failure) {
        return ((ProblemException) failure).problem().code();
    }

    @Test
    void answersASecondRequestWithTheFirstAnswer() {
        Response first = ask("mine", Map.of("a", 1));
        Response second = ask("mine", Map.of("a", 1));

        assertThat(first.getHeaderString("Idempotent-Replayed")).isNull();
        assertThat(second.getHeaderString("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.getStatus()).isEqualTo(201);
        assertThat(second.getHeaderString("Location")).isEqualTo("/things/1");
        assertThat(second.getEntity()).isEqualTo("{\"number\":1}");
        assertThat(effects).hasValue(1);
    }

    @Test
    void refusesTheKeyForAnotherBody() {
        ask("mine", Map.of("a", 1));

        assertThatThrownBy(() -> ask("mine", Map.of("a", 2)))
                .satisfies(failure -> assertThat(codeOf(failure)).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_REUSED));
        assertThat(effects).hasValue(1);
    }

    @Test
    void keepsCallersApart() {
        ask("mine", Map.of("a", 1));
        ask("yours", Map.of("a", 2));

        assertThat(effects).hasValue(2);
    }

    @Test
    void forgetsAnEffectThatFailed() {
        assertThatThrownBy(() -> idempotency.once("mine", key, Map.of(), () -> {
                    throw new IllegalStateException("not today");
                }))
                .hasMessage("not today");

        assertThat(ask("mine", Map.of()).getStatus()).isEqualTo(201);
    }

    @Test
    void asksForAKeyOfSensibleLength() {
        assertThatThrownBy(() -> idempotency.once("mine", null, Map.of(), () -> null))
                .satisfies(failure -> assertThat(codeOf(failure)).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_REQUIRED));
        assertThatThrownBy(() -> idempotency.once("mine", "k".repeat(256), Map.of(), () -> null))
                .hasMessageContainingAll("256", "255");
    }

    @Test
    void hasOneEffectForManyRequestsAtOnce() throws Exception {
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(this::askFromARequest));
            }
        }

        for (Future<Response> answer : answers) {
            assertThat(answer.get().getStatus()).isEqualTo(201);
        }
        assertThat(effects).hasValue(1);
    }
}
