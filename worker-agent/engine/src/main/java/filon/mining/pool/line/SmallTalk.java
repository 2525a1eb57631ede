package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PrintableText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** What pools say and ask besides work, in whatever dialect: moves, texts for people, the miner's name, signs of life. */
public final class SmallTalk {
    /** How we name ourselves. */
    public static final String AGENT = "filon/0.1";

    private static final int RECONNECT_PAUSE_SECONDS_MAX = 60;

    private final Talk talk;

    public SmallTalk(Talk talk) {
        this.talk = talk;
    }

    /** @throws PoolMovedException if the pool sends us elsewhere, and may */
    public void heard(LineMessage.Call call) throws IOException {
        switch (call.method()) {
            case "client.reconnect" -> reconnect(call.params());
            case "client.get_version" -> talk.reply(call.id(), AGENT);
            case "client.show_message" ->
                talk.say("says: " + PrintableText.of(call.params().path(0).asText("")));
            case "mining.ping", "client.ping" -> talk.reply(call.id(), "pong");
            default -> talk.say("ignored method " + PrintableText.of(call.method()));
        }
    }

    private void reconnect(JsonNode params) throws IOException {
        PoolAddress here = talk.pool().address();
        String host = params.path(0).asText("");
        if (!host.isEmpty() && !talk.terms().order().mayMoveTo(host)) {
            talk.say("ignored client.reconnect to another host: " + PrintableText.of(host));
            return;
        }
        int port = params.path(1).asInt(0);
        int seconds = Math.clamp(params.path(2).asInt(0), 0, RECONNECT_PAUSE_SECONDS_MAX);
        PoolAddress there = new PoolAddress(
                here.scheme(),
                host.isEmpty() ? here.host() : host.toLowerCase(Locale.ROOT),
                port == 0 ? here.port() : port);
        throw new PoolMovedException(there, Duration.ofSeconds(seconds));
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
