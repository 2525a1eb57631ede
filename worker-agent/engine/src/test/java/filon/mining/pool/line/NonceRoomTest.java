package filon.mining.pool.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.NonceSpace;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NonceRoomTest {
    @Test
    void putsTheExtranonceOnTopOfEveryNonce() {
        NonceRoom room = new NonceRoom("AF4c", 5);

        long nonce = room.next().first() | 0x1234;

        assertThat(room.extranonce()).isEqualTo("af4c");
        assertThat(NonceRoom.whole(nonce)).startsWith("af4c").endsWith("1234");
        assertThat("af4c" + room.ours(nonce)).isEqualTo(NonceRoom.whole(nonce));
    }

    @Test
    void takesAnExtranonceThatEndsInTheMiddleOfAByte() {
        NonceRoom room = new NonceRoom("1ac", 0);

        assertThat(NonceRoom.whole(room.next().first())).isEqualTo("1ac0000000000000");
    }

    @Test
    void leavesTheWholeNonceToUsWhereThereIsNoExtranonce() {
        assertThat(new NonceRoom("", 0).ours(1)).isEqualTo("0000000000000001");
    }

    @Test
    void refusesAnExtranonceThatLeavesNoRoomOrIsNotHex() {
        assertThatThrownBy(() -> new NonceRoom("ff".repeat(64), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128 hex digits");
        assertThatThrownBy(() -> new NonceRoom("xy", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesWorkToManyDevicesHoweverLittleRoomThePoolLeaves() {
        for (int digits = 0; digits <= 14; digits++) {
            assertThat(new NonceRoom("a".repeat(digits), 0).slices())
                    .as(digits + " digits")
                    .isGreaterThanOrEqualTo(256);
        }
    }

    @Test
    void handsOutEachNonceOnce() {
        NonceRoom room = new NonceRoom("aabbccdd", 250);

        Set<Long> seen = new HashSet<>();
        long length = 0;
        for (long slice = 0; slice < room.slices(); slice++) {
            NonceSpace space = room.next();
            seen.add(space.first());
            length += space.last() - space.first() + 1;
        }

        assertThat(seen).hasSize((int) room.slices());
        assertThat(length).isEqualTo(1L << 32);
    }
}
