package filon.api.rental.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PoolSealTest {
    private static final RentalId RENTAL = RentalId.of(UUID.randomUUID());
    private static final List<Pool> POOLS =
            List.of(new Pool(PoolAddress.of("stratum+ssl://pool.example.org:443"), "wallet", "hush-local-dev-only"));
    private final PoolSeal seal = new PoolSeal("0f".repeat(32));

    @Test
    void opensWhatItSealed() {
        assertThat(seal.open(RENTAL, seal.seal(RENTAL, POOLS))).isEqualTo(POOLS);
    }

    @Test
    void showsNothingAndNeverTheSameTwice() {
        byte[] first = seal.seal(RENTAL, POOLS);
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("hush", "wallet", "pool.example.org");
        assertThat(seal.seal(RENTAL, POOLS)).isNotEqualTo(first);
    }

    @Test
    void refusesEveryFlippedByte() {
        byte[] sealed = seal.seal(RENTAL, POOLS);
        for (int i = 0; i < sealed.length; i++) {
            byte[] flipped = sealed.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> seal.open(RENTAL, flipped))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(RENTAL.toString());
        }
    }

    @Test
    void refusesThePoolsOfAnotherRentalAndAnotherKey() {
        byte[] sealed = seal.seal(RENTAL, POOLS);
        assertThatThrownBy(() -> seal.open(RentalId.of(UUID.randomUUID()), sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new PoolSeal("0e".repeat(32)).open(RENTAL, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysWhatIsWrongWithItsKey() {
        assertThatThrownBy(() -> new PoolSeal("0f")).hasMessage("filon.secrets.key has 1 bytes, not 32");
        assertThatThrownBy(() -> new PoolSeal("secret")).hasMessage("filon.secrets.key is not hexadecimal");
    }
}
