package filon.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    // SHA-256 of "abc", FIPS 180-2 appendix B.1
    private static final String ABC = "BA78 16BF 8F01 CFEA 4141 40DE 5DAE 2223 B003 61A3 9617 7A9C B410 FF61 F200 15AD";

    @Test
    void isTheGroupedSha256OfTheKey() {
        assertThat(Fingerprint.ofSubjectPublicKeyInfo("abc".getBytes(StandardCharsets.US_ASCII)))
                .hasToString(ABC);
    }

    @Test
    void isTheSameHoweverAPersonTypesIt() {
        String typed = " " + ABC.toLowerCase(Locale.ROOT).replace(' ', ':') + "\n";

        assertThat(Fingerprint.of(typed)).isEqualTo(new Fingerprint(ABC));
    }

    @Test
    void refusesWhatIsShortOrNotHex() {
        assertThatThrownBy(() -> Fingerprint.of("AB12")).hasMessageContaining("64 hex digits, not 4");
        assertThatThrownBy(() -> Fingerprint.of("x".repeat(64))).hasMessageContaining("4 hex digits");
    }
}
