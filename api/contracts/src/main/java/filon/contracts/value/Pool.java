package filon.contracts.value;

import java.util.Objects;

/**
 * One pool a customer names, with the credentials to use there.
 *
 * @param address where it listens
 * @param user the worker name or wallet the pool credits, 1 to 255 printable ASCII characters without blanks
 * @param password what the pool asks for; many ignore it; at most 255 printable ASCII characters
 */
public record Pool(PoolAddress address, String user, String password) {
    public static final int TEXT_LENGTH_MAX = 255;

    public Pool {
        Objects.requireNonNull(address, "a pool needs an address");
        if (user == null || user.isEmpty()) {
            throw new IllegalArgumentException("pool user is empty");
        }
        requirePrintable("pool user", user, '!');
        requirePrintable("pool password", Objects.requireNonNullElse(password, ""), ' ');
        password = Objects.requireNonNullElse(password, "");
    }

    private static void requirePrintable(String what, String text, char lowest) {
        if (text.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    what + " of " + text.length() + " characters exceeds " + TEXT_LENGTH_MAX);
        }
        if (!text.chars().allMatch(c -> c >= lowest && c <= '~')) {
            throw new IllegalArgumentException(what + " has a character outside printable ASCII");
        }
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return user + "@" + address;
    }
}
