package filon.practice.dialect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What connections can be resumed with; the oldest are forgotten.
 *
 * @param <S> what is remembered
 */
final class Sessions<S> {
    private static final int SESSIONS_MAX = 256;
    private final Map<String, S> sessions = new LinkedHashMap<>();

    void remember(String id, S session) {
        sessions.put(id, session);
        if (sessions.size() > SESSIONS_MAX) {
            sessions.remove(sessions.keySet().iterator().next());
        }
    }

    void forget(String id) {
        sessions.remove(id);
    }

    Optional<S> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }
}
