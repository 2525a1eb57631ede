package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a session of the usual course comes to its jobs.
 *
 * <pre>
 * opened ------> mining.subscribe ------> its answer ------> mining.authorize ------> true ------> jobs
 *                        |                                          ^
 *                        +--- at once, where not every pool answers +
 * </pre>
 *
 * A job that comes before we are authorised, or before there is room to search in, waits, the last one only. The pool's first extranonce
 * holds for the newest job too, each later one from the next job on, even one of the same id.
 *
 * @param <R> the room to search in: what a pool's extranonce leaves of the nonces
 */
public final class Admission<R> {
    private final Talk talk;
    private final Greeting greeting;
    private final Function<JsonNode, Optional<R>> rooms;
    private Optional<R> room = Optional.empty();
    private Optional<R> nextRoom = Optional.empty();
    private Optional<Waiting<R>> newest = Optional.empty();
    private boolean isRoomGiven;

    /**
     * How pools of a dialect are greeted.
     *
     * @param subscription parameters of {@code mining.subscribe}
     * @param isAnswered whether every pool answers it; then a refusal ends the session
     * @param wantsExtranonces whether the pool is asked for new extranonces instead of an end of the connection
     */
    public record Greeting(List<String> subscription, boolean isAnswered, boolean wantsExtranonces) {
        public Greeting {
            subscription = List.copyOf(subscription);
        }
    }

    /** A job that was announced. */
    @FunctionalInterface
    public interface Notice<R> {
        PoolJob job(JobPlace place, R room);
    }

    private record Waiting<R>(Notice<R> notice, long receivedNanos) {}

    /** @param rooms the room that the answer to the subscription leaves, if it tells; refuses an unusable answer */
    public Admission(Talk talk, Greeting greeting, Function<JsonNode, Optional<R>> rooms) {
        this.talk = talk;
        this.greeting = greeting;
        this.rooms = rooms;
    }

    /** Where the pool has chosen nothing yet, or never will. */
    public void begin(R unlimited) {
        room = Optional.of(unlimited);
    }

    public void open() {
        if (greeting.isAnswered() || !talk.isShy()) {
            talk.ask(
                    "mining.subscribe",
                    this::subscribed,
                    greeting.subscription().toArray());
        }
        if (!greeting.isAnswered()) {
            authorise();
        }
    }

    private void subscribed(LineMessage.Reply reply) throws IOException {
        if (!greeting.isAnswered()) {
            rooms.apply(reply.result()).ifPresent(this::use);
            return;
        }
        if (reply.error().isPresent() || !reply.result().isArray()) {
            throw PoolRefusedException.ofSubscription("the subscription", reply.reason());
        }
        try {
            rooms.apply(reply.result()).ifPresent(this::use);
        } catch (IllegalArgumentException e) {
            throw Talk.unusable(e);
        }
        authorise();
    }

    private void authorise() {
        if (greeting.wantsExtranonces() && !talk.isShy()) {
            talk.ask("mining.extranonce.subscribe", Talk.Answer.ignored());
        }
        talk.authorise(this::start);
    }

    /** The pool chose. */
    public void use(R chosen) {
        if (isRoomGiven) {
            nextRoom = Optional.of(chosen);
            return;
        }
        isRoomGiven = true;
        room = Optional.of(chosen);
        if (newest.isPresent()) {
            talk.withdrawJobs(); // what was found before begins with another's nonces perhaps
        }
        start();
    }

    /** @param isClean whether everything before became worthless */
    public void notified(boolean isClean, Notice<R> notice) {
        room = nextRoom.or(() -> room);
        nextRoom = Optional.empty();
        if (isClean) {
            talk.withdrawJobs();
        }
        newest = Optional.of(new Waiting<>(notice, talk.heardNanos()));
        start();
    }

    private void start() {
        if (talk.isAuthorised() && room.isPresent() && newest.isPresent()) {
            Waiting<R> waiting = newest.get();
            talk.job(waiting.notice().job(talk.place(waiting.receivedNanos()), room.get()));
        }
    }

    /** In force for the newest job. */
    public Optional<R> room() {
        return room;
    }
}
