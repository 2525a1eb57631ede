package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PrintableText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** What pools say and ask besides work, in whatever dialect: moves, texts for people, the miner's name, signs of life. */
public final class SmallTalk {
    private static final int RECONNECT_PAUSE_SECONDS_MAX = 60;

    private final Talk talk;

    public SmallTalk(Talk talk) {
        this.talk = talk;
    }

    /**
     * Answers; what is unknown is said.
     *
     * @throws PoolMovedException if the pool sends us elsewhere, and may
     */
    public void heard(LineMessage.Call call) throws IOException {
        JsonNode params = call.params();
        switch (call.method()) {
            case "client.reconnect" -> {
                int seconds = Math.clamp(params.path(2).asInt(0), 0, RECONNECT_PAUSE_SECONDS_MAX);
                reconnect(params.path(0).asText(""), port(params.path(1)), Duration.ofSeconds(seconds));
            }
            case "client.get_version" -> talk.reply(call.id(), Talk.AGENT);
            case "client.show_message" ->
                talk.say("says: " + PrintableText.of(params.path(0).asText("")));
            case "mining.ping", "client.ping" -> talk.reply(call.id(), "pong");
            default -> talk.say(PoolEvent.Said.IGNORED + "method " + PrintableText.of(call.method()));
        }
    }

    /** Some write it as a text. */
    private static int port(JsonNode node) {
        if (node.isMissingNode() || node.isNull() || node.asText().isEmpty()) {
            return 0;
        }
        if (!node.asText().matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("port " + PrintableText.of(node.toString()) + " is not 0 to 65535");
        }
        return Integer.parseInt(node.asText());
    }

    /**
     * Goes where the pool asks its miner to come back, if it may.
     *
     * @param host empty for the one it is at
     * @param port zero for the one it is at
     * @throws PoolMovedException if it may
     */
    public void reconnect(String host, int port, Duration pause) throws PoolMovedException {
        PoolAddress here = talk.pool().address();
        if (!host.isEmpty() && !talk.terms().order().mayMoveTo(host)) {
            talk.say(PoolEvent.Said.IGNORED + "the wish to reconnect at another host: " + PrintableText.of(host));
            return;
        }
        PoolAddress there = new PoolAddress(
                here.scheme(),
                host.isEmpty() ? here.host() : host.toLowerCase(Locale.ROOT),
                port == 0 ? here.port() : port);
        throw new PoolMovedException(there, pause);
    }

    /** Asks for a sign of life, as {@link Speech#probe}, where the pool can bear to be asked. */
    public boolean probe() {
        if (talk.isShy()) {
            return false;
        }
        talk.ask("mining.ping", Talk.Answer.ignored());
        return true;
    }
}
