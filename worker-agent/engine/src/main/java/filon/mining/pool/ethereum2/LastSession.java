package filon.mining.pool.ethereum2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.line.LineMessage;

/**
 * A session that can be gone on with: the pool need not say again what was in force in it.
 *
 * @param id the pool's
 */
record LastSession(String id, MiningTerms terms) {
    String text() {
        return terms.json().put("session", id).toString();
    }

    /** From what {@link #text} wrote. */
    static LastSession of(String text) {
        try {
            JsonNode json = LineMessage.JSON.readTree(text);
            return new LastSession(json.path("session").textValue(), MiningTerms.UNSET.with(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was remembered of a session is damaged: " + text, e);
        }
    }
}
