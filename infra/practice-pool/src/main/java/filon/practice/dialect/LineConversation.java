package filon.practice.dialect;

import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.Optional;

/** A conversation in lines of JSON. What is no such line gets an error, and the connection ends. */
final class LineConversation implements Conversation {
    /** Who connects and says nothing does not keep a place for ever. */
    static final Duration GREETS_WITHIN = Duration.ofSeconds(60);

    private static final int HOSTILE = 20;
    private final LineSplitter lines = new LineSplitter();
    private final Desk desk;
    private final Voice voice;
    private final Talk talk;

    LineConversation(Desk desk, Voice voice, Talk talk) {
        this.desk = desk;
        this.voice = voice;
        this.talk = talk;
    }

    @Override
    public void heard(byte[] bytes) {
        try {
            for (byte next : bytes) {
                Optional<String> line = lines.heard(next);
                if (voice.isOver()) {
                    return;
                }
                if (line.isPresent()) {
                    heard(line.get());
                }
            }
        } catch (HostileMinerException e) {
            voice.refuse(NullNode.instance, HOSTILE, e.getMessage());
            voice.hangUp(e.getMessage());
        }
    }

    private void heard(String line) throws HostileMinerException {
        if (line.isBlank() || desk.isDeaf()) {
            return;
        }
        Optional<Request> request = Request.of(line);
        if (request.isPresent()) {
            talk.heard(request.get());
        }
    }

    @Override
    public boolean isReady() {
        return talk.isReady() && !voice.isOver();
    }

    @Override
    public void push(Push push) {
        talk.push(push);
    }

    @Override
    public Optional<Duration> patience() {
        return talk.patience();
    }
}
