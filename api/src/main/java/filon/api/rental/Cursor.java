package filon.api.rental;

import filon.contracts.value.RentalId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Where a page of rentals ended; opaque to those who pass it back. */
public record Cursor(Instant createdAt, UUID id) {
    public static Cursor of(Rental last) {
        return new Cursor(last.createdAt(), last.id().value());
    }

    /** Empty for a text that is no cursor of ours. */
    public static Optional<Cursor> parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            int space = plain.indexOf(' ');
            return space < 0
                    ? Optional.empty()
                    : Optional.of(new Cursor(
                            Instant.parse(plain.substring(0, space)),
                            RentalId.of(plain.substring(space + 1)).value()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    public String text() {
        byte[] plain = (createdAt + " " + id).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }
}
