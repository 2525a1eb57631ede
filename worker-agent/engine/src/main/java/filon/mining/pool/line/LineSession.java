package filon.mining.pool.line;

import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Share;
import filon.mining.pool.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A session that speaks in lines of JSON. */
public final class LineSession implements PoolSession {
    private final LineFramer framer = new LineFramer();
    private final Talk talk;
    private final Speech speech;

    /** @param dialect what is said and understood */
    public LineSession(SessionTerms terms, Wire wire, PoolListener listener, Function<Talk, Speech> dialect) {
        this.talk = new Talk(terms, wire, listener);
        this.speech = dialect.apply(talk);
    }

    @Override
    public void opened() {
        speech.open();
    }

    @Override
    public void received(byte[] bytes) throws IOException {
        framer.take(bytes, this::onLine);
    }

    private void onLine(String line) throws IOException {
        talk.course().heard();
        if (line.isBlank()) {
            return;
        }
        switch (LineMessage.of(line)) {
            case LineMessage.Reply reply -> onReply(reply);
            case LineMessage.Call call -> onCall(call);
            case LineMessage.Unusable unusable -> talk.say(PoolEvent.Said.IGNORED + "a line: " + unusable.why());
        }
    }

    private void onReply(LineMessage.Reply reply) throws IOException {
        try {
            if (!talk.answered(reply, speech)) {
                speech.pushed(reply);
            }
        } catch (IllegalArgumentException malformed) {
            talk.complain("an answer", malformed);
        }
    }

    private void onCall(LineMessage.Call call) throws IOException {
        try {
            speech.heard(call);
        } catch (IllegalArgumentException malformed) {
            talk.complain(call.method(), malformed);
        }
    }

    @Override
    public void tick() throws IOException {
        talk.tick();
        speech.tick();
        if (talk.course().asksForLife()) {
            speech.probe();
        }
    }

    @Override
    public void submit(Share share) {
        if (talk.course().admits(share)) {
            talk.submit(share, speech.submission(share), false);
        }
    }

    @Override
    public Optional<String> identity() {
        return speech.identity();
    }

    @Override
    public void settle(Share share) {
        talk.submit(share, speech.submission(share), true);
    }

    @Override
    public Map<String, String> agreed() {
        return speech.agreed();
    }

    @Override
    public boolean probe() {
        return speech.probe();
    }

    @Override
    public int openShares() {
        return talk.openShares();
    }

    @Override
    public List<Share> end() {
        return talk.end();
    }
}
