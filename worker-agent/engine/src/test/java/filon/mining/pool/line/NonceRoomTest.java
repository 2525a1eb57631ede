package filon.mining.pool.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
