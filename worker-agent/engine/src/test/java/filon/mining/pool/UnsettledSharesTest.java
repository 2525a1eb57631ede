package filon.mining.pool;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnsettledSharesTest {
    private static final Share SHARE = new Share(
            1, 0, PoolAddress.of("stratum+tcp://a.example:1"), "j", new byte[80], Target.EASIEST, 5, List.of());

    private final List<ShareVerdict> verdicts = new ArrayList<>();
    private final UnsettledShares unsettled = new UnsettledShares((_, verdict) -> verdicts.add(verdict));

    /** Of a pool whose shares name no session, as ETHPROXY's. */
    private record Session(List<Share> end) implements PoolSession {
        @Override
        public void opened() {}

        @Override
        public void received(byte[] bytes) {}

        @Override
        public void tick() {}

        @Override
        public void submit(Share share) {}

        @Override
        public Optional<String> identity() {
            return Optional.of("any");
        }

        @Override
        public void settle(Share share) {}

        @Override
        public boolean probe() {
            return false;
        }

        @Override
        public int openShares() {
            return end.size();
        }
    }

    private void endOfOneThatGaveWork(Share... open) {
        Session session = new Session(List.of(open));
        unsettled.settle(session);
        unsettled.sessionEnded(1, session, 0);
    }

    @Test
    void waitsNoLongerWhereThePoolIsTriedInVain() {
        endOfOneThatGaveWork(SHARE);

        unsettled.sessionEnded(2, new Session(List.of()), 25);
        unsettled.expire(31, 30);

        assertThat(verdicts).hasSize(1);
    }

    @Test
    void keepsAShareThatIsFoundWhileThePoolIsTriedInVain() {
        endOfOneThatGaveWork();

        unsettled.sessionEnded(2, new Session(List.of()), 25);

        assertThat(unsettled.keep(SHARE)).isTrue();
    }
}
