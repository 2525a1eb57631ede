package filon.practice.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what most dialects say with {@code client.} methods. */
final class ClientWords {
    private final Voice voice;
    private int asked;

    ClientWords(Voice voice) {
        this.voice = voice;
    }

    void say(Push.ClientWord word) {
        switch (word) {
            case Push.Reconnect move -> voice.push("client.reconnect", reconnection(move));
            case Push.ShowMessage message -> voice.push("client.show_message", List.of(message.text()));
            case Push.AskVersion _ -> askVersion();
        }
    }

    /** All parameters or none. */
    private List<Object> reconnection(Push.Reconnect move) {
        if (move.host().isEmpty()) {
            return List.of();
        }
        boolean asText = voice.terms().has(Quirk.STRING_PORTS);
        Object port = asText ? (Object) String.valueOf(move.port()) : (Object) move.port();
        return List.of(move.host(), port, move.waitSeconds());
    }

    private void askVersion() {
        asked++;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", asked);
        line.put("method", "client.get_version");
        line.put("params", List.of());
        voice.push(line);
    }
}
