package filon.api.rental;

import java.util.Locale;

/** Whose move it is: who can bring a rental on. */
public enum Mover {
    NOBODY,
    CUSTOMER,
    PROVIDER,
    POOL,
    NETWORK;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
