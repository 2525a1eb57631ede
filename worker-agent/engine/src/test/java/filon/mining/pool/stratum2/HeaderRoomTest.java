package filon.mining.pool.stratum2;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.stratum2.message.ByteString;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeaderRoomTest {
    private static final ByteString ZEROS = new ByteString(new byte[32]);
    private static final long GENESIS_TIME = 0x495fab29L;

    private static HeaderRoom room(long version, int mask, long minTime) {
        return new HeaderRoom(new HeaderRoom.Template(version, ZEROS, ZEROS, 0x1d00ffffL), mask, minTime);
    }

    private static String next(HeaderRoom room) {
        return HexFormat.of().formatHex(room.next().orElseThrow().header().prefix());
    }

    private static int drawAll(HeaderRoom room, Set<String> into) {
        int count = 0;
        for (Optional<HeaderRoom.Draw> draw = room.next(); draw.isPresent(); draw = room.next()) {
            into.add(HexFormat.of().formatHex(draw.get().header().prefix()));
            count++;
        }
        return count;
    }

    @Test
    void buildsTheGenesisHeader() {
        byte[] genesis =
                ProofsOfWork.of("sha256d").knownAnswers().getFirst().header().prefix();
        ByteString merkleRoot = new ByteString(Arrays.copyOfRange(genesis, 36, 68));

        HeaderRoom room = new HeaderRoom(
                new HeaderRoom.Template(1, ZEROS, merkleRoot, 0x1d00ffffL), HeaderRoom.ROLLED_BITS, GENESIS_TIME);

        assertThat(next(room)).isEqualTo(HexFormat.of().formatHex(genesis));
    }

    @Test
    void neverHandsOutTheSameHeaderTwiceAndEndsWithItsTime() {
        Set<String> seen = new HashSet<>();

        int count = drawAll(room(0x20002000L, 0x00006000, GENESIS_TIME), seen);

        assertThat(count).isEqualTo(4 * (HeaderRoom.TIME_ROLL_SECONDS_MAX + 1));
        assertThat(seen).hasSize(count);
    }

    @Test
    void handsOutEachVersionThatMayBeChosenBeforeTheNextSecond() {
        HeaderRoom room = room(0x20000000L, HeaderRoom.ROLLED_BITS, GENESIS_TIME);
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 1 << 16; i++) {
            HeaderRoom.Draw draw = room.next().orElseThrow();
            assertThat(draw.time()).isEqualTo(GENESIS_TIME);
            versions.add(draw.version());
        }

        assertThat(versions).hasSize(1 << 16).allMatch(version -> (version & ~HeaderRoom.ROLLED_BITS) == 0x20000000L);
        assertThat(room.next().orElseThrow().time()).isEqualTo(GENESIS_TIME + 1);
    }

    @Test
    void beginsWithThePoolsOwnVersionEvenWhereItHasBitsThatMayBeChosen() {
        HeaderRoom room = room(0xffffffffL, HeaderRoom.ROLLED_BITS, GENESIS_TIME);

        assertThat(room.next().orElseThrow().version()).isEqualTo(0xffffffffL);
        assertThat(room.next().orElseThrow().version()).isEqualTo(0xffffdfffL);
    }

    @Test
    void goesOnFromALaterTimeAndNeverBack() {
        HeaderRoom room = room(1, 0, GENESIS_TIME);
        Set<String> seen = new HashSet<>();
        seen.add(next(room));
        seen.add(next(room));

        room.notBefore(GENESIS_TIME);
        room.notBefore(GENESIS_TIME + 100);
        room.notBefore(GENESIS_TIME + 50);
        int count = drawAll(room, seen);

        assertThat(count).isEqualTo(HeaderRoom.TIME_ROLL_SECONDS_MAX + 1);
        assertThat(seen).hasSize(count + 2);
    }

    @Test
    void endsWithTheLastSecondThatAHeaderCanTell() {
        Set<String> seen = new HashSet<>();

        int count = drawAll(room(1, 0, 0xfffffffeL), seen);

        assertThat(count).isEqualTo(2);
    }
}
