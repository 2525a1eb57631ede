package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.command.MinerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That a miner talks to its pools and to nobody else. Inside the process each address is recorded before the JDK's native code connects
 * or sends to it, and each name before the JDK looks it up: none is missed. From outside, what the kernel shows of the process's sockets
 * is looked at every few milliseconds, for what native libraries such as a device's driver do.
 *
 * <p>Not seen: sockets of native libraries that live shorter than a look, of child processes, and what
 * {@link java.net.InetAddress#isReachable} sends; the look from outside is for Linux only.
 */
class ConnectionsTest {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration JOB = Duration.ofMillis(500);
    private static final int JOBS = 4;

    @TempDir
    Path folder;

    @Test
    void leadToTheConfiguredPoolOnly() throws IOException, InterruptedException {
        JudgingPool pool = new JudgingPool(new SteadyJobs(JOB, "0.0001", JOBS), new Random(1));
        String[] arguments = {"--pool", "stratum+tcp://localhost:" + pool.port(), "--user", "me"};
        try (pool;
                RecordedProcess miner = new RecordedProcess(folder, MinerCommand.class, arguments)) {
            // When
            Set<String> sockets = new HashSet<>();
            while (miner.handle().isAlive() && !pool.isOverWithin(LOOK_EVERY)) {
                sockets.addAll(OpenSockets.of(miner.handle()));
            }
            miner.end();
            pool.close();

            // Then
            String there = "/127.0.0.1:" + pool.port();
            assertThat(pool.judge().count(ShareFate.VALID)).as(miner.said()).isPositive();
            assertThat(miner.recorded(ConnectionRecorder.CONNECT)).containsExactly(there);
            assertThat(miner.recorded(ConnectionRecorder.SEND)).isEmpty();
            assertThat(miner.recorded(LookupRecorder.LOOKUP)).containsExactly("localhost");
            assertThat(sockets).isSubsetOf("tcp " + there, "tcp6 " + there);
            assertThat(sockets.isEmpty()).isNotEqualTo(OpenSockets.areKnown());
        }
    }

    @Test
    void areRecordedWhicheverWayTheyAreMade() throws IOException, InterruptedException {
        List<String> ports = ports(StrayTraffic.WAYS);
        try (RecordedProcess stray = new RecordedProcess(folder, StrayTraffic.class, ports.toArray(String[]::new))) {
            // When
            stray.awaitEnd();

            // Then
            Set<String> recorded = stray.recorded(ConnectionRecorder.CONNECT);
            recorded.addAll(stray.recorded(ConnectionRecorder.SEND));
            assertThat(recorded)
                    .as(stray.said())
                    .containsAll(
                            ports.stream().map(port -> "/127.0.0.1:" + port).toList());
        }
    }

    /** Nobody listens on ports as low as these; that they are refused is as good as that they are not. */
    private static List<String> ports(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
}
